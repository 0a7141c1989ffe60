"""How far posts carry, beside their content, because it goes with it."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('contents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('followers', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('organisation', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('views', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('shares', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('sighted_at', storage.types.Moment(), nullable=True))
        batch_op.add_column(sa.Column('from_shares', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('from_at', storage.types.Moment(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('contents', schema=None) as batch_op:
        for name in ('from_at', 'from_shares', 'sighted_at', 'shares', 'views', 'organisation', 'followers'):
            batch_op.drop_column(name)

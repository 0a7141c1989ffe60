"""Verdicts, digests, lessons, layers."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def whose() -> tuple[sa.Column, sa.Column]:
    """Brand and account."""
    return sa.Column('brand', sa.String(length=41), nullable=False), sa.Column('account', sa.String(length=64), nullable=False)


def partly(condition: str) -> dict[str, sa.TextClause]:
    """A partial index in both dialects."""
    return {'sqlite_where': sa.text(condition), 'postgresql_where': sa.text(condition)}


def upgrade() -> None:
    """Forward."""
    op.create_table('digests',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('team', sa.String(length=64), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    *whose(),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digests')),
    sa.UniqueConstraint('team', 'day', name=op.f('uq_digests_team_day'))
    )
    op.create_table('verdicts',
    sa.Column('post', KEY, nullable=False),
    sa.Column('tier', sa.String(length=8), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.Column('complaint', sa.Integer(), nullable=False),
    sa.Column('team', sa.String(length=64), nullable=False),
    sa.Column('other', sa.String(length=64), nullable=True),
    sa.Column('severity', sa.String(length=16), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('reasons', storage.types.Json(), nullable=False),
    sa.Column('model', sa.String(length=64), nullable=False),
    sa.Column('rules', sa.String(length=64), nullable=False),
    sa.Column('put_away', sa.Boolean(), nullable=False),
    sa.Column('listed', sa.Boolean(), nullable=False),
    sa.Column('digest', KEY, nullable=True),
    sa.Column('at', storage.types.Moment(), nullable=False),
    *whose(),
    sa.ForeignKeyConstraint(['digest'], ['digests.id'], name=op.f('fk_verdicts_digest_digests')),
    sa.ForeignKeyConstraint(['post'], ['posts.id'], name=op.f('fk_verdicts_post_posts')),
    sa.PrimaryKeyConstraint('post', name=op.f('pk_verdicts'))
    )
    op.create_index('ix_verdicts_untold', 'verdicts', ['team', 'at'], unique=False, **partly('put_away AND digest IS NULL'))
    op.create_index('ix_verdicts_digest', 'verdicts', ['digest'], unique=False, **partly('digest IS NOT NULL'))
    op.create_table('lessons',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('post', KEY, nullable=False),
    sa.Column('case_id', KEY, nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('value', sa.String(length=64), nullable=False),
    sa.Column('old', sa.String(length=64), nullable=False),
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('undone_at', storage.types.Moment(), nullable=True),
    *whose(),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_lessons_case_id_cases')),
    sa.ForeignKeyConstraint(['post'], ['posts.id'], name=op.f('fk_lessons_post_posts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lessons'))
    )
    op.create_index('ix_lessons_case', 'lessons', ['case_id', 'id'], unique=False)
    op.create_index('ix_lessons_post', 'lessons', ['post'], unique=False)
    op.create_table('layers',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('basis', sa.String(length=64), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('figures', storage.types.Json(), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    *whose(),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_layers')),
    sa.UniqueConstraint('basis', name=op.f('uq_layers_basis'))
    )
    op.create_index('ix_layers_live', 'layers', ['id'], unique=False, **partly('live'))


def downgrade() -> None:
    """Back."""
    for name in ('layers', 'lessons', 'verdicts', 'digests'):
        op.drop_table(name)

"""Sketches of posts, cases that say the same, posts by the hour, spikes."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def whose() -> tuple[sa.Column, sa.Column]:
    """Brand and account."""
    return sa.Column('brand', sa.String(length=41), nullable=False), sa.Column('account', sa.String(length=64), nullable=False)


def upgrade() -> None:
    """Forward."""
    op.create_table('sketches',
    sa.Column('post', KEY, nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    *whose(),
    sa.ForeignKeyConstraint(['post'], ['posts.id'], name=op.f('fk_sketches_post_posts')),
    sa.PrimaryKeyConstraint('post', name=op.f('pk_sketches'))
    )
    op.create_index('ix_sketches_key', 'sketches', ['key', 'post'], unique=False)
    op.create_index('ix_sketches_at', 'sketches', ['at'], unique=False)
    op.create_table('bands',
    sa.Column('band', sa.BigInteger(), nullable=False),
    sa.Column('post', KEY, nullable=False),
    *whose(),
    sa.ForeignKeyConstraint(['post'], ['sketches.post'], name=op.f('fk_bands_post_sketches'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('band', 'post', name=op.f('pk_bands'))
    )
    op.create_index('ix_bands_post', 'bands', ['post'], unique=False)
    op.create_table('resemblances',
    sa.Column('case_id', KEY, nullable=False),
    sa.Column('first', KEY, nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    *whose(),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_resemblances_case_id_cases')),
    sa.ForeignKeyConstraint(['first'], ['cases.id'], name=op.f('fk_resemblances_first_cases')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_resemblances'))
    )
    op.create_index('ix_resemblances_first', 'resemblances', ['first', 'case_id'], unique=False)
    op.create_table('volumes',
    sa.Column('series', sa.String(length=80), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=False),
    *whose(),
    sa.PrimaryKeyConstraint('series', 'hour', name=op.f('pk_volumes'))
    )
    op.create_table('spikes',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('series', sa.String(length=80), nullable=False),
    sa.Column('span', sa.Integer(), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('facts', storage.types.Json(), nullable=False),
    *whose(),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_spikes')),
    sa.UniqueConstraint('series', 'span', name=op.f('uq_spikes_series_span'))
    )
    op.create_index('ix_spikes_at', 'spikes', ['series', 'at'], unique=False)


def downgrade() -> None:
    """Back."""
    for name in ('spikes', 'volumes', 'resemblances', 'bands', 'sketches'):
        op.drop_table(name)

"""Rules made in Slack, what was changed of them, what they matched, and back-tests."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def whose() -> tuple[sa.Column, sa.Column]:
    """Brand and account."""
    return sa.Column('brand', sa.String(length=41), nullable=False), sa.Column('account', sa.String(length=64), nullable=False)


def upgrade() -> None:
    """Forward."""
    op.create_table('rules',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('team', sa.String(length=64), nullable=False),
    sa.Column('severity', sa.String(length=16), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('languages', storage.types.Json(), nullable=False),
    sa.Column('made_by', sa.String(length=32), nullable=False),
    sa.Column('made_at', storage.types.Moment(), nullable=False),
    sa.Column('armed_at', storage.types.Moment(), nullable=True),
    sa.Column('watched_at', storage.types.Moment(), nullable=True),
    sa.Column('next_at', storage.types.Moment(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    *whose(),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rules'))
    )
    op.create_index('uq_rules_name', 'rules', ['brand', 'name'], unique=True)
    op.create_index('ix_rules_due', 'rules', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
    op.create_table('rule_changes',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('act', sa.String(length=16), nullable=False),
    sa.Column('old', storage.types.Json(), nullable=True),
    sa.Column('new', storage.types.Json(), nullable=True),
    *whose(),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_changes'))
    )
    op.create_table('rule_hits',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('rule', sa.String(length=60), nullable=False),
    sa.Column('post', KEY, nullable=False),
    sa.Column('case_id', KEY, nullable=True),
    sa.Column('part', sa.String(length=12), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('would_team', sa.String(length=64), nullable=False),
    sa.Column('would_severity', sa.String(length=16), nullable=False),
    *whose(),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_rule_hits_case_id_cases')),
    sa.ForeignKeyConstraint(['post'], ['posts.id'], name=op.f('fk_rule_hits_post_posts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_hits')),
    sa.UniqueConstraint('rule', 'post', name=op.f('uq_rule_hits_rule_post'))
    )
    op.create_index('ix_rule_hits_lately', 'rule_hits', ['at', 'rule'], unique=False)
    op.create_table('back_tests',
    sa.Column('id', KEY, autoincrement=True, nullable=False),
    sa.Column('rule', sa.String(length=60), nullable=False),
    sa.Column('draft', storage.types.Json(), nullable=False),
    sa.Column('meaning', sa.String(length=64), nullable=False),
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('asked_at', storage.types.Moment(), nullable=False),
    sa.Column('next_at', storage.types.Moment(), nullable=True),
    sa.Column('lease_until', storage.types.Moment(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('done_at', storage.types.Moment(), nullable=True),
    sa.Column('posts', sa.BigInteger(), nullable=True),
    sa.Column('caught', sa.BigInteger(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    *whose(),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_back_tests'))
    )
    op.create_index('ix_back_tests_due', 'back_tests', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
    op.create_index('ix_back_tests_meaning', 'back_tests', ['meaning', 'done_at'], unique=False)


def downgrade() -> None:
    """Back."""
    for name in ('back_tests', 'rule_hits', 'rule_changes', 'rules'):
        op.drop_table(name)

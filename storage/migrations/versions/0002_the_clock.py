"""Deadlines, escalation, nags, tending, the rota's changes and occasions."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('covers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('team', sa.String(length=64), nullable=False),
    sa.Column('asker', sa.String(length=32), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('from_at', storage.types.Moment(), nullable=False),
    sa.Column('until_at', storage.types.Moment(), nullable=False),
    sa.Column('gives', storage.types.Json(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('taker', sa.String(length=32), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('asked', storage.types.Json(), nullable=False),
    sa.Column('next_at', storage.types.Moment(), nullable=True),
    sa.Column('made_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_covers'))
    )
    with op.batch_alter_table('covers', schema=None) as batch_op:
        batch_op.create_index('ix_covers_due', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))

    op.create_table('feeds',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('etag', sa.Text(), nullable=True),
    sa.Column('fetched_at', storage.types.Moment(), nullable=True),
    sa.Column('failed_at', storage.types.Moment(), nullable=True),
    sa.Column('fault', sa.Text(), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_feeds'))
    )
    op.create_table('nags',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('place', sa.String(length=32), nullable=False),
    sa.Column('direct', sa.Boolean(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('made_at', storage.types.Moment(), nullable=False),
    sa.Column('newest', sa.Boolean(), nullable=False),
    sa.Column('bump_at', storage.types.Moment(), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nags'))
    )
    with op.batch_alter_table('nags', schema=None) as batch_op:
        batch_op.create_index('ix_nags_bump', ['bump_at'], unique=False, sqlite_where=sa.text('bump_at IS NOT NULL'), postgresql_where=sa.text('bump_at IS NOT NULL'))
        batch_op.create_index('ix_nags_place', ['place', 'made_at'], unique=False)
        batch_op.create_index('uq_nags_newest', ['place'], unique=True, sqlite_where=sa.text('newest'), postgresql_where=sa.text('newest'))

    op.create_table('occasions',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('team', sa.String(length=64), nullable=True),
    sa.Column('due_at', storage.types.Moment(), nullable=False),
    sa.Column('next_at', storage.types.Moment(), nullable=True),
    sa.Column('facts', storage.types.Json(), nullable=False),
    sa.Column('told_at', storage.types.Moment(), nullable=True),
    sa.Column('seen_by', sa.String(length=32), nullable=True),
    sa.Column('seen_at', storage.types.Moment(), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_occasions'))
    )
    with op.batch_alter_table('occasions', schema=None) as batch_op:
        batch_op.create_index('ix_occasions_due', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))

    op.create_table('overrides',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('team', sa.String(length=64), nullable=False),
    sa.Column('from_at', storage.types.Moment(), nullable=False),
    sa.Column('until_at', storage.types.Moment(), nullable=False),
    sa.Column('main', sa.String(length=80), nullable=True),
    sa.Column('backup', sa.String(length=80), nullable=True),
    sa.Column('made_by', sa.String(length=32), nullable=False),
    sa.Column('made_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_overrides'))
    )
    with op.batch_alter_table('overrides', schema=None) as batch_op:
        batch_op.create_index('ix_overrides_team', ['team', 'until_at'], unique=False)

    op.create_table('policies',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('body', storage.types.Json(), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_policies'))
    )
    op.create_table('preferences',
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('quiet_from', sa.String(length=5), nullable=True),
    sa.Column('quiet_until', sa.String(length=5), nullable=True),
    sa.Column('awake', sa.Boolean(), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('staff', name=op.f('pk_preferences'))
    )
    op.create_table('reach',
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('away', sa.Boolean(), nullable=True),
    sa.Column('quiet_until', storage.types.Moment(), nullable=True),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('staff', name=op.f('pk_reach'))
    )
    op.create_table('clocks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('target', sa.String(length=24), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('follows', sa.String(length=12), nullable=False),
    sa.Column('started_at', storage.types.Moment(), nullable=False),
    sa.Column('length_s', sa.BigInteger(), nullable=False),
    sa.Column('customer_due_at', storage.types.Moment(), nullable=False),
    sa.Column('service_due_at', storage.types.Moment(), nullable=False),
    sa.Column('due_at', storage.types.Moment(), nullable=False),
    sa.Column('paused_at', storage.types.Moment(), nullable=True),
    sa.Column('ended_at', storage.types.Moment(), nullable=True),
    sa.Column('breached_at', storage.types.Moment(), nullable=True),
    sa.Column('policy', sa.String(length=64), nullable=True),
    sa.Column('severity', sa.String(length=16), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=True),
    sa.Column('said', sa.Text(), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_clocks_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clocks')),
    sa.UniqueConstraint('case_id', 'target', 'n', name=op.f('uq_clocks_case_id_target_n'))
    )
    with op.batch_alter_table('clocks', schema=None) as batch_op:
        batch_op.create_index('ix_clocks_open', ['due_at'], unique=False, sqlite_where=sa.text("state = 'running' AND breached_at IS NULL"), postgresql_where=sa.text("state = 'running' AND breached_at IS NULL"))

    op.create_table('tending',
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('since_at', storage.types.Moment(), nullable=False),
    sa.Column('alive_at', storage.types.Moment(), nullable=False),
    sa.Column('asked_at', storage.types.Moment(), nullable=True),
    sa.Column('next_at', storage.types.Moment(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_tending_case_id_cases')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_tending'))
    )
    with op.batch_alter_table('tending', schema=None) as batch_op:
        batch_op.create_index('ix_tending_due', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))

    op.create_table('nag_lines',
    sa.Column('nag', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('clock_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('stands', sa.Boolean(), nullable=False),
    sa.Column('ended', sa.Text(), nullable=True),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_nag_lines_case_id_cases')),
    sa.ForeignKeyConstraint(['clock_id'], ['clocks.id'], name=op.f('fk_nag_lines_clock_id_clocks')),
    sa.ForeignKeyConstraint(['nag'], ['nags.id'], name=op.f('fk_nag_lines_nag_nags')),
    sa.PrimaryKeyConstraint('nag', 'case_id', name=op.f('pk_nag_lines'))
    )
    with op.batch_alter_table('nag_lines', schema=None) as batch_op:
        batch_op.create_index('ix_nag_lines_case', ['case_id'], unique=False, sqlite_where=sa.text('stands'), postgresql_where=sa.text('stands'))

    op.create_table('runs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('clock_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('run', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('anchor_at', storage.types.Moment(), nullable=False),
    sa.Column('due_at', storage.types.Moment(), nullable=False),
    sa.Column('plan', storage.types.Json(), nullable=False),
    sa.Column('next_step', sa.Integer(), nullable=False),
    sa.Column('next_at', storage.types.Moment(), nullable=True),
    sa.Column('started_at', storage.types.Moment(), nullable=False),
    sa.Column('ended', sa.String(length=40), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_runs_case_id_cases')),
    sa.ForeignKeyConstraint(['clock_id'], ['clocks.id'], name=op.f('fk_runs_clock_id_clocks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_runs')),
    sa.UniqueConstraint('clock_id', 'run', name=op.f('uq_runs_clock_id_run'))
    )
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.create_index('ix_runs_due', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
        batch_op.create_index('ix_runs_standing', ['case_id'], unique=False, sqlite_where=sa.text("state <> 'ended'"), postgresql_where=sa.text("state <> 'ended'"))

    op.create_table('steps',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('clock_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('run', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('due_at', storage.types.Moment(), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('tells', sa.String(length=40), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_steps_case_id_cases')),
    sa.ForeignKeyConstraint(['clock_id'], ['clocks.id'], name=op.f('fk_steps_clock_id_clocks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_steps')),
    sa.UniqueConstraint('clock_id', 'run', 'step', name=op.f('uq_steps_clock_id_run_step'))
    )
    with op.batch_alter_table('steps', schema=None) as batch_op:
        batch_op.create_index('ix_steps_case', ['case_id', 'id'], unique=False)



def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('steps', schema=None) as batch_op:
        batch_op.drop_index('ix_steps_case')

    op.drop_table('steps')
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.drop_index('ix_runs_standing', sqlite_where=sa.text("state <> 'ended'"), postgresql_where=sa.text("state <> 'ended'"))
        batch_op.drop_index('ix_runs_due', sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))

    op.drop_table('runs')
    with op.batch_alter_table('nag_lines', schema=None) as batch_op:
        batch_op.drop_index('ix_nag_lines_case', sqlite_where=sa.text('stands'), postgresql_where=sa.text('stands'))

    op.drop_table('nag_lines')
    with op.batch_alter_table('tending', schema=None) as batch_op:
        batch_op.drop_index('ix_tending_due', sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))

    op.drop_table('tending')
    with op.batch_alter_table('clocks', schema=None) as batch_op:
        batch_op.drop_index('ix_clocks_open', sqlite_where=sa.text("state = 'running' AND breached_at IS NULL"), postgresql_where=sa.text("state = 'running' AND breached_at IS NULL"))

    op.drop_table('clocks')
    op.drop_table('reach')
    op.drop_table('preferences')
    op.drop_table('policies')
    with op.batch_alter_table('overrides', schema=None) as batch_op:
        batch_op.drop_index('ix_overrides_team')

    op.drop_table('overrides')
    with op.batch_alter_table('occasions', schema=None) as batch_op:
        batch_op.drop_index('ix_occasions_due', sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))

    op.drop_table('occasions')
    with op.batch_alter_table('nags', schema=None) as batch_op:
        batch_op.drop_index('uq_nags_newest', sqlite_where=sa.text('newest'), postgresql_where=sa.text('newest'))
        batch_op.drop_index('ix_nags_place')
        batch_op.drop_index('ix_nags_bump', sqlite_where=sa.text('bump_at IS NOT NULL'), postgresql_where=sa.text('bump_at IS NOT NULL'))

    op.drop_table('nags')
    op.drop_table('feeds')
    with op.batch_alter_table('covers', schema=None) as batch_op:
        batch_op.drop_index('ix_covers_due', sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))

    op.drop_table('covers')

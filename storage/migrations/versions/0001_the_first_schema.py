"""The first schema."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('authors',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('network', sa.String(length=32), nullable=False),
    sa.Column('author_id', sa.String(length=64), nullable=False),
    sa.Column('handle', sa.String(length=64), nullable=True),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('seen_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authors')),
    sa.UniqueConstraint('network', 'author_id', name=op.f('uq_authors_network_author_id'))
    )
    op.create_table('cases',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('network', sa.String(length=32), nullable=False),
    sa.Column('author_id', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=24), nullable=False),
    sa.Column('holder', sa.String(length=32), nullable=True),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('team', sa.String(length=64), nullable=False),
    sa.Column('severity', sa.String(length=16), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('person', sa.String(length=80), nullable=True),
    sa.Column('opened_at', storage.types.Moment(), nullable=False),
    sa.Column('last_post_at', storage.types.Moment(), nullable=False),
    sa.Column('claimed_at', storage.types.Moment(), nullable=True),
    sa.Column('first_response_at', storage.types.Moment(), nullable=True),
    sa.Column('ended_at', storage.types.Moment(), nullable=True),
    sa.Column('collisions', sa.Integer(), nullable=False),
    sa.Column('reopened', sa.Integer(), nullable=False),
    sa.Column('made_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases'))
    )
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.create_index('ix_cases_author', ['network', 'author_id', 'last_post_at'], unique=False)
        batch_op.create_index('ix_cases_holder', ['holder'], unique=False, sqlite_where=sa.text('holder IS NOT NULL'), postgresql_where=sa.text('holder IS NOT NULL'))
        batch_op.create_index('ix_cases_waiting', ['team', 'opened_at'], unique=False, sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))

    op.create_table('channels',
    sa.Column('slack_id', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('archived', sa.Boolean(), nullable=False),
    sa.Column('private', sa.Boolean(), nullable=False),
    sa.Column('synced_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('slack_id', name=op.f('pk_channels'))
    )
    op.create_table('cursors',
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('newest', sa.String(length=64), nullable=True),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('source', name=op.f('pk_cursors'))
    )
    op.create_table('lanes',
    sa.Column('name', sa.String(length=48), nullable=False),
    sa.Column('free_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_lanes'))
    )
    op.create_table('leases',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('holder', sa.String(length=64), nullable=False),
    sa.Column('until', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_leases'))
    )
    op.create_table('memberships',
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('channel', 'staff', name=op.f('pk_memberships'))
    )
    op.create_table('receipts',
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_receipts'))
    )
    op.create_table('staff',
    sa.Column('slack_id', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('real_name', sa.String(length=160), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('synced_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('slack_id', name=op.f('pk_staff'))
    )
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('actor', sa.String(length=32), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('facts', storage.types.Json(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_audit_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit')),
    sa.UniqueConstraint('case_id', 'n', name=op.f('uq_audit_case_id_n'))
    )
    op.create_table('deliveries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('key', sa.String(length=160), nullable=True),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('lane', sa.String(length=48), nullable=False),
    sa.Column('wide', sa.String(length=48), nullable=False),
    sa.Column('channel', sa.String(length=32), nullable=True),
    sa.Column('recipient', sa.String(length=32), nullable=True),
    sa.Column('parent', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('batch', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ts', sa.String(length=24), nullable=True),
    sa.Column('wanted', sa.Integer(), nullable=False),
    sa.Column('painted', sa.Integer(), nullable=False),
    sa.Column('not_before', storage.types.Moment(), nullable=True),
    sa.Column('lease_until', storage.types.Moment(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('look_up', sa.Boolean(), nullable=False),
    sa.Column('click_url', sa.Text(), nullable=True),
    sa.Column('click_until', storage.types.Moment(), nullable=True),
    sa.Column('click_uses', sa.Integer(), nullable=False),
    sa.Column('failure', sa.String(length=80), nullable=True),
    sa.Column('payload', storage.types.Json(), nullable=False),
    sa.Column('made_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['deliveries.id'], name=op.f('fk_deliveries_batch_deliveries')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_deliveries_case_id_cases')),
    sa.ForeignKeyConstraint(['parent'], ['deliveries.id'], name=op.f('fk_deliveries_parent_deliveries')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliveries')),
    sa.UniqueConstraint('key', name=op.f('uq_deliveries_key'))
    )
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.create_index('ix_deliveries_batch', ['batch'], unique=False, sqlite_where=sa.text('batch IS NOT NULL'), postgresql_where=sa.text('batch IS NOT NULL'))
        batch_op.create_index('ix_deliveries_message', ['channel', 'ts'], unique=False)
        batch_op.create_index('ix_deliveries_soonest', ['lane', 'not_before'], unique=False, sqlite_where=sa.text("state = 'wanted'"), postgresql_where=sa.text("state = 'wanted'"))
        batch_op.create_index('ix_deliveries_wanted', ['lane', 'priority', 'id'], unique=False, sqlite_where=sa.text("state = 'wanted'"), postgresql_where=sa.text("state = 'wanted'"))
        batch_op.create_index('uq_deliveries_card', ['case_id'], unique=True, sqlite_where=sa.text("kind = 'card' AND state <> 'folded'"), postgresql_where=sa.text("kind = 'card' AND state <> 'folded'"))

    op.create_table('notes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_notes_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notes'))
    )
    with op.batch_alter_table('notes', schema=None) as batch_op:
        batch_op.create_index('ix_notes_case', ['case_id', 'id'], unique=False)

    op.create_table('offers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('giver', sa.String(length=32), nullable=False),
    sa.Column('taker', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('lapses_at', storage.types.Moment(), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_offers_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offers'))
    )
    with op.batch_alter_table('offers', schema=None) as batch_op:
        batch_op.create_index('uq_offers_standing', ['case_id'], unique=True, sqlite_where=sa.text("status = 'standing'"), postgresql_where=sa.text("status = 'standing'"))

    op.create_table('posts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('network', sa.String(length=32), nullable=False),
    sa.Column('post_id', sa.String(length=64), nullable=False),
    sa.Column('latest_id', sa.String(length=64), nullable=False),
    sa.Column('author_id', sa.String(length=64), nullable=False),
    sa.Column('conversation_id', sa.String(length=64), nullable=False),
    sa.Column('in_reply_to', sa.String(length=64), nullable=True),
    sa.Column('created_at', storage.types.Moment(), nullable=False),
    sa.Column('seen_at', storage.types.Moment(), nullable=False),
    sa.Column('ours', sa.Boolean(), nullable=False),
    sa.Column('images', sa.Integer(), nullable=False),
    sa.Column('option_kind', sa.String(length=8), nullable=False),
    sa.Column('option_reason', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('gone_at', storage.types.Moment(), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_posts_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posts')),
    sa.UniqueConstraint('network', 'post_id', name=op.f('uq_posts_network_post_id'))
    )
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.create_index('ix_posts_case', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_posts_conversation', ['network', 'conversation_id'], unique=False)

    op.create_table('replies',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('target', sa.String(length=64), nullable=False),
    sa.Column('seen', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('look_ups', sa.Integer(), nullable=False),
    sa.Column('not_before', storage.types.Moment(), nullable=True),
    sa.Column('lease_until', storage.types.Moment(), nullable=True),
    sa.Column('attempted_at', storage.types.Moment(), nullable=True),
    sa.Column('remote_id', sa.String(length=64), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('created_at', storage.types.Moment(), nullable=False),
    sa.Column('sent_at', storage.types.Moment(), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_replies_case_id_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replies'))
    )
    with op.batch_alter_table('replies', schema=None) as batch_op:
        batch_op.create_index('ix_replies_case', ['case_id', 'created_at'], unique=False)
        batch_op.create_index('ix_replies_due', ['not_before'], unique=False, sqlite_where=sa.text('not_before IS NOT NULL'), postgresql_where=sa.text('not_before IS NOT NULL'))
        batch_op.create_index('uq_replies_remote', ['remote_id'], unique=True, sqlite_where=sa.text('remote_id IS NOT NULL'), postgresql_where=sa.text('remote_id IS NOT NULL'))
        batch_op.create_index('uq_replies_underway', ['case_id'], unique=True, sqlite_where=sa.text("status IN ('queued', 'sending', 'uncertain', 'needs_human')"), postgresql_where=sa.text("status IN ('queued', 'sending', 'uncertain', 'needs_human')"))

    op.create_table('watches',
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('staff', sa.String(length=32), nullable=False),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_watches_case_id_cases')),
    sa.PrimaryKeyConstraint('case_id', 'staff', name=op.f('pk_watches'))
    )
    op.create_table('contents',
    sa.Column('post', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('folded', sa.Text(), nullable=True),
    sa.Column('brand', sa.String(length=41), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['post'], ['posts.id'], name=op.f('fk_contents_post_posts')),
    sa.PrimaryKeyConstraint('post', name=op.f('pk_contents'))
    )


def downgrade() -> None:
    """Back."""
    op.drop_table('contents')
    op.drop_table('watches')
    with op.batch_alter_table('replies', schema=None) as batch_op:
        batch_op.drop_index('uq_replies_underway', sqlite_where=sa.text("status IN ('queued', 'sending', 'uncertain', 'needs_human')"), postgresql_where=sa.text("status IN ('queued', 'sending', 'uncertain', 'needs_human')"))
        batch_op.drop_index('uq_replies_remote', sqlite_where=sa.text('remote_id IS NOT NULL'), postgresql_where=sa.text('remote_id IS NOT NULL'))
        batch_op.drop_index('ix_replies_due', sqlite_where=sa.text('not_before IS NOT NULL'), postgresql_where=sa.text('not_before IS NOT NULL'))
        batch_op.drop_index('ix_replies_case')

    op.drop_table('replies')
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.drop_index('ix_posts_conversation')
        batch_op.drop_index('ix_posts_case')

    op.drop_table('posts')
    with op.batch_alter_table('offers', schema=None) as batch_op:
        batch_op.drop_index('uq_offers_standing', sqlite_where=sa.text("status = 'standing'"), postgresql_where=sa.text("status = 'standing'"))

    op.drop_table('offers')
    with op.batch_alter_table('notes', schema=None) as batch_op:
        batch_op.drop_index('ix_notes_case')

    op.drop_table('notes')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_index('uq_deliveries_card', sqlite_where=sa.text("kind = 'card' AND state <> 'folded'"), postgresql_where=sa.text("kind = 'card' AND state <> 'folded'"))
        batch_op.drop_index('ix_deliveries_wanted', sqlite_where=sa.text("state = 'wanted'"), postgresql_where=sa.text("state = 'wanted'"))
        batch_op.drop_index('ix_deliveries_soonest', sqlite_where=sa.text("state = 'wanted'"), postgresql_where=sa.text("state = 'wanted'"))
        batch_op.drop_index('ix_deliveries_message')
        batch_op.drop_index('ix_deliveries_batch', sqlite_where=sa.text('batch IS NOT NULL'), postgresql_where=sa.text('batch IS NOT NULL'))

    op.drop_table('deliveries')
    op.drop_table('audit')
    op.drop_table('staff')
    op.drop_table('receipts')
    op.drop_table('memberships')
    op.drop_table('leases')
    op.drop_table('lanes')
    op.drop_table('cursors')
    op.drop_table('channels')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index('ix_cases_waiting', sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))
        batch_op.drop_index('ix_cases_holder', sqlite_where=sa.text('holder IS NOT NULL'), postgresql_where=sa.text('holder IS NOT NULL'))
        batch_op.drop_index('ix_cases_author')

    op.drop_table('cases')
    op.drop_table('authors')

"""What a bot does that was written without a thought for storms: ORM objects, one post at a time, a commit for each."""

from collections.abc import Iterable

from sqlalchemy import Engine, ForeignKey, Text, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from domain.policy import Policy
from domain.posts import IncomingPost
from domain.verdicts import Facts, Triage


class Model(DeclarativeBase):
    """The naive bot's own tables."""


class Case(Model):
    """A customer's matter."""

    __tablename__ = "naive_cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[str] = mapped_column(index=True)
    team: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    posts: Mapped[list["Post"]] = relationship(back_populates="case")


class Post(Model):
    """A post."""

    __tablename__ = "naive_posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(unique=True)
    author_handle: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int] = mapped_column(ForeignKey("naive_cases.id"), index=True)
    case: Mapped[Case] = relationship(back_populates="posts")


class Message(Model):
    """What is to be told to Slack."""

    __tablename__ = "naive_messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("naive_cases.id"))
    channel: Mapped[str]


def prepared(url: str) -> Engine:
    """A database with the durability of ours, so that only the way of writing differs."""
    engine = create_engine(url)

    def settle(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined] # the driver's connection, which has no common type
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")

    event.listen(engine, "connect", settle)
    Model.metadata.create_all(engine)
    return engine


def take_in(engine: Engine, posts: Iterable[IncomingPost], policy: Policy) -> None:
    """Store the posts, each once."""
    triage = Triage(policy)
    with Session(engine) as session:
        for post in posts:
            _take_one(session, post, policy, triage)
    engine.dispose()


def _take_one(session: Session, post: IncomingPost, policy: Policy, triage: Triage) -> None:
    if session.scalars(select(Post).filter_by(post_id=post.post_id)).first():
        return
    verdict = triage.judge(Facts(post.text))
    case = session.scalars(select(Case).filter_by(author_id=post.author_id, status="open")).first()
    if case is None:
        case = Case(author_id=post.author_id, team=verdict.team)
        session.add(case)
        session.flush()
        session.add(Message(case_id=case.id, channel=policy.team[verdict.team].channel))
    session.add(Post(post_id=post.post_id, author_handle=post.author_handle, text=post.text, case=case))
    session.commit()

"""What a request asks for beyond the default fields: fields, expansions, and the page of a timeline."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.x import snowflake
from sandbox.x.problems import Problem, invalid

POST_FIELDS = """
article attachments author_id card_uri community_id context_annotations conversation_id created_at display_text_range
edit_controls edit_history_tweet_ids edit_history_post_ids entities geo id in_reply_to_user_id lang media_metadata
non_public_metrics note_tweet note_post organic_metrics possibly_sensitive promoted_metrics public_metrics
referenced_tweets referenced_posts reply_settings scopes source suggested_source_links text withheld
"""
USER_FIELDS = """
affiliation connection_status created_at description entities id is_identity_verified location most_recent_tweet_id
name parody pinned_tweet_id profile_banner_url profile_image_url protected public_metrics receives_your_dm subscription
subscription_type url username verified verified_followers_count verified_type withheld
"""
MEDIA_FIELDS = """
alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url promoted_metrics
public_metrics type url variants width
"""
POLL_FIELDS = "duration_minutes end_datetime id options voting_status"
PLACE_FIELDS = "contained_within country country_code full_name geo id name place_type"
EXPANSIONS = """
article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet attachments.poll_ids
author_id edit_history_tweet_ids edit_history_post_ids entities.mentions.username geo.place_id in_reply_to_user_id
entities.note.mentions.username referenced_tweets.id referenced_posts.id referenced_tweets.id.author_id
referenced_posts.id.author_id author_screen_name pinned_tweet_id most_recent_tweet_id
"""
Query = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """Fields by kind of thing, and expansions; names as the `tweet` family has them."""

    posts: frozenset[str]
    users: frozenset[str]
    media: frozenset[str]
    expansions: frozenset[str]


@dataclass(frozen=True)
class Page:
    """Which part of a timeline: ids strictly between `after` and `before`, moments from `start` to before `end`."""

    after: int
    before: int
    start: float
    end: float
    size: int


def asked(query: Query, naming: str) -> Asked:
    """Read fields and expansions. Raises Problem 400 for names X doesn't know."""
    names = {"tweet": ["tweet.fields"], "post": ["tweet.fields", "post.fields"], "post_only": ["post.fields"]}[naming]
    for other in {"tweet.fields", "post.fields"} - set(names):
        if other in query:
            raise unknown_parameter(other, names)
    posts = frozenset(word for name in names for word in _words(query, name, POST_FIELDS))
    _words(query, "poll.fields", POLL_FIELDS)
    _words(query, "place.fields", PLACE_FIELDS)
    return Asked(
        _old_names(posts),
        frozenset(_words(query, "user.fields", USER_FIELDS)),
        frozenset(_words(query, "media.fields", MEDIA_FIELDS)),
        _old_names(frozenset(_words(query, "expansions", EXPANSIONS))),
    )


def unknown_parameter(name: str, known: list[str]) -> Problem:
    """400 for a parameter X doesn't know."""
    return invalid(f"The query parameter [{name}] is not one of [{','.join(known)}]", **{name: []})


def refuse_unknown(query: Query, known: str) -> None:
    """Raise Problem 400 for parameters the endpoint doesn't have; field parameters are looked at by `asked`."""
    allowed = [*known.split(), "expansions", "tweet.fields", "post.fields", "user.fields", "media.fields"]
    allowed += ["poll.fields", "place.fields"]
    for name in query:
        if name not in allowed:
            raise unknown_parameter(name, allowed)


def page(query: Query, smallest: int) -> Page:
    """Read the page of a timeline. Raises Problem 400."""
    before = _id(query, "until_id", 1 << 63)
    for name in ("pagination_token", "next_token"):
        if name in query:
            before = min(before, _token(query, name))
    size = _number(query, "max_results", 10)
    if not smallest <= size <= 100:
        raise invalid(
            f"The `max_results` query parameter value [{size}] is not between {smallest} and 100",
            max_results=[str(size)],
        )
    return Page(
        _id(query, "since_id", 0), before, _moment(query, "start_time", 0.0), _moment(query, "end_time", 1e12), size
    )


def token_for(number: int) -> str:
    """The token of the page that begins before this id."""
    return f"7140dibs{number:x}"


def _token(query: Query, name: str) -> int:
    value = query[name]
    try:
        return int(value.removeprefix("7140dibs"), 16)
    except ValueError:
        raise invalid(f"The `{name}` query parameter value [{value}] is not valid", **{name: [value]}) from None


def _words(query: Query, name: str, known: str) -> list[str]:
    words = [word for word in query.get(name, "").split(",") if word]
    for word in words:
        if word not in known.split():
            names = ",".join(sorted(known.split()))
            raise invalid(f"The `{name}` query parameter value [{word}] is not one of [{names}]", **{name: [word]})
    return words


def _old_names(words: frozenset[str]) -> frozenset[str]:
    return frozenset(
        word.replace("_post_ids", "_tweet_ids").replace("note_post", "note_tweet").replace("_posts", "_tweets")
        for word in words
    )


def _id(query: Query, name: str, otherwise: int) -> int:
    value = query.get(name)
    if value is None:
        return otherwise
    if not value.isdigit() or len(value) > 19:
        message = f"The `{name}` query parameter value [{value}] does not match ^[0-9]{{1,19}}$"
        raise invalid(message, **{name: [value]})
    return int(value)


def _number(query: Query, name: str, otherwise: int) -> int:
    value = query.get(name, str(otherwise))
    if not value.isdigit():
        raise invalid(f"The `{name}` query parameter value [{value}] is not a valid number", **{name: [value]})
    return int(value)


def _moment(query: Query, name: str, otherwise: float) -> float:
    value = query.get(name)
    if value is None:
        return otherwise
    try:
        return datetime.fromisoformat(value).timestamp()
    except ValueError:
        message = f"The `{name}` query parameter value [{value}] is not a valid RFC3339 date-time"
        raise invalid(message, **{name: [value]}) from None


def recent(number: int, now: float) -> bool:
    """Whether an id is young enough for recent search: seven days."""
    return snowflake.seconds_of(number) >= now - 7 * 86_400

"""What stands with a post: for the same readers, hidden with it, and gone when it is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from tortoise.models import Model

import models
from resolvers import picture_end

SAME_READERS: tuple[type[Model], ...] = (
    models.Comment,
    models.Reaction,
    models.Mention,
    models.Picture,
    models.Gathering,
    models.Attendance,
    models.Poll,
    models.Ballot,
    models.BudgetIdea,
)
HIDDEN_WITH_IT: tuple[type[Model], ...] = (
    models.Comment,
    models.Picture,
    models.Gathering,
    models.Poll,
    models.Budget,
    models.BudgetIdea,
)
GONE_WITH_IT: tuple[type[Model], ...] = (
    models.PostRevision,
    models.Reaction,
    models.Mention,
    models.Attendance,
    models.Ballot,
)


async def readdress(post: models.Post) -> None:
    """A locked post is for another audience, and so is what stands with it."""
    for model in SAME_READERS:
        await model.filter(post_id=post.id).update(audience=post.audience)


async def hide(post: models.Post, moment: datetime) -> None:
    """A locked post is hidden for a while, and so is what has words."""
    for model in HIDDEN_WITH_IT:
        await model.filter(post_id=post.id, removed_at=None).update(removed_at=moment)


async def give_back(post: models.Post, moment: datetime) -> None:
    """What was hidden at a moment is shown again."""
    for model in HIDDEN_WITH_IT:
        await model.filter(post_id=post.id, removed_at=moment).update(removed_at=None)


async def erase(post_ids: Sequence[UUID]) -> None:
    """Locked posts are removed: nothing of what stands with them has a word any more."""
    for model in GONE_WITH_IT:
        await model.filter(post_id__in=post_ids).delete()
    await picture_end.discard(models.Picture.filter(post_id__in=list(post_ids)))
    now = datetime.now(UTC)
    of_posts = {"post_id__in": post_ids}
    await models.Gathering.filter(**of_posts).update(place="", removed_at=now)
    await models.BudgetIdea.filter(**of_posts, removed_at=None).update(removed_at=now)
    await models.Budget.filter(**of_posts, removed_at=None).update(removed_at=now)
    await models.Poll.filter(**of_posts).update(options=[], counts=[], sums=[], removed_at=now)

"""Following neighbourhoods next door, and the one feed of all that a resident reads."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth.viewer import Viewer
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.work import Work

MOST = 20

Which = Annotated[UUID, Doc("Which neighbourhood.")]


async def are_followed(
    neighbourhoods: Sequence[models.Neighbourhood], context: Context
) -> list[bool]:
    """Whether the viewer follows it."""
    ids = await _followed(context.viewer)
    return [each.id in ids for each in neighbourhoods]


async def feeds(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    kinds: Annotated[list[models.PostKind] | None, Doc("Only posts of these kinds.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.Post]]:
    """The posts of the own neighbourhoods and of those that are followed, in one list."""
    posts = visible(models.Post, context.viewer)
    if kinds is not None:
        posts = posts.filter(kind__in=kinds)
    page = await _together(posts, Window(first, after), await places_of(context.viewer))
    return [page for _ in residents]


async def follow_neighbourhood(work: Work, *, neighbourhood_id: Which) -> models.Neighbourhood:
    """Read of a neighbourhood next door too: what its members share with neighbours nearby."""
    place = await work.visible(models.Neighbourhood).get_or_none(id=neighbourhood_id)
    if place is None:
        raise not_found("neighbourhood")
    if place.id not in work.viewer.nearby - work.viewer.member_of:
        words = "Follow one that lies next to your own."
        raise Refusal(RefusalCode.INVALID, words, "neighbourhood_id")
    account = await work.visible(models.Resident).select_for_update(no_key=True).get()
    if await work.visible(models.Follow).exclude(neighbourhood_id=place.id).count() >= MOST:
        raise Refusal(RefusalCode.CONFLICT, f"You follow {MOST}; leave one of them first.")
    await models.Follow.get_or_create(resident_id=account.id, neighbourhood_id=place.id)
    return place


async def unfollow_neighbourhood(work: Work, *, neighbourhood_id: Which) -> models.Neighbourhood:
    """Read of it no more."""
    place = await work.visible(models.Neighbourhood).get_or_none(id=neighbourhood_id)
    if place is None:
        raise not_found("neighbourhood")
    await models.Follow.filter(
        resident_id__in=work.viewer.myself, neighbourhood_id=place.id
    ).delete()
    return place


async def places_of(viewer: Viewer) -> list[UUID]:
    """The neighbourhoods that a viewer reads of: the own ones, and the followed ones next door."""
    return sorted(viewer.member_of | viewer.works_in | await _followed(viewer) & viewer.nearby)


async def _followed(viewer: Viewer) -> set[UUID]:
    return {row.neighbourhood_id for row in await visible(models.Follow, viewer)}


async def _together(
    posts: QuerySet[models.Post], window: Window, places: Sequence[UUID]
) -> Page[models.Post]:
    """One page over several places: a page of each, by its index, and of these the newest."""
    pages = await pages_of(posts, window, "neighbourhood_id", places)
    newest = sorted(
        (post for each in pages for post in each.nodes), key=lambda p: p.id, reverse=True
    )
    page = window.page(newest[: window.size + 1])
    more = page.page_info.has_next_page or any(each.page_info.has_next_page for each in pages)
    return replace(page, page_info=replace(page.page_info, has_next_page=more))

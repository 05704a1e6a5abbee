"""The whole table: what there is to look at, and the types that hold nothing of their own."""

from tests.access import (
    figure_table,
    help_table,
    life_table,
    moderation_table,
    node_table,
    notice_table,
    partner_table,
    resident_table,
    search_table,
    share_table,
    talk_table,
    volunteer_table,
)

DOORS = (
    *resident_table.SUBJECTS,
    *partner_table.SUBJECTS,
    *share_table.SUBJECTS,
    *volunteer_table.SUBJECTS,
    *help_table.SUBJECTS,
    *talk_table.SUBJECTS,
    *moderation_table.SUBJECTS,
    *search_table.SUBJECTS,
    *life_table.SUBJECTS,
    *notice_table.SUBJECTS,
    *figure_table.SUBJECTS,
)
SUBJECTS = (*DOORS, *node_table.by_id(DOORS))
# what these carry is guarded by the field or the door that gives them: no more than this
CARRIERS = {
    "NewCalendarFeed": {"path", "feed"},
    "NewUpload": {"url", "picture"},
    "Mention": {"id", "post", "comment"},
    "NewInvitation": {"code", "invitation"},
    "NewStaff": {"code", "staff"},
    "NewToken": {"secret", "token"},
    "NewWebhook": {"secret", "webhook"},
    "PageInfo": {"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"},
    "Participation": {"households", "registeredHouseholds", "rate"},
    "ReactionCount": {"kind", "count"},
    "Tokens": {"sessionId", "access", "refresh", "accessExpiresAt"},
    "UserError": {"code", "field", "message"},
}
WRAPPINGS = {"Connection": {"nodes", "edges", "pageInfo"}, "Edge": {"cursor", "node"}}

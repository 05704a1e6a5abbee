"""The whole table: what there is to look at, and the types that hold nothing of their own."""

from tests.access import (
    figure_table,
    partner_table,
    resident_table,
    share_table,
    volunteer_table,
)

SUBJECTS = (
    *resident_table.SUBJECTS,
    *partner_table.SUBJECTS,
    *share_table.SUBJECTS,
    *volunteer_table.SUBJECTS,
    *figure_table.SUBJECTS,
)
# what these carry is guarded by the field or the door that gives them
CARRIERS = {
    *("NewInvitation", "NewStaff", "NewToken", "NewWebhook", "PageInfo", "Participation"),
    *("ReactionCount", "Tokens", "UserError"),
}

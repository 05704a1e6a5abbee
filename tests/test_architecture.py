"""The house rules as tests: what a reader may rely on in every file."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tortoise.models import Model

import models
from auth import rules
from auth.visibility import VISIBLE
from tests.source import FLOORS, ROOT, Source, body_lines, calls, dotted, name, paths, sources

# path: why it is longer than 200 lines (tests: 300)
LONG_FILES: dict[str, str] = {
    "tests/test_architecture.py": "the house rules and every exception to them, on one page",
    "auth/rules.py": "the words of privacy, all on one page",
    "models/migrations/0003_partners.py": "written by the migration tool",
    "models/migrations/0006_neighbourly_help.py": "written by the migration tool",
    "models/migrations/0012_notification.py": "written by the migration tool",
    "models/migrations/0013_moderation.py": "written by the migration tool, and data moved",
    "models/migrations/0017_gatherings_polls_pictures_budgets.py": "written by the migration tool",
    "realtime/hub.py": "the only owner of Broadcast: all that it does, on one page",
    "schema/enums.py": "every enum with its sentences, on one page",
    "schema/mutation.py": "every door that changes something, on one page",
}
# path::function: why it is longer than 25 lines
LONG_FUNCTIONS = {
    "server/app.py::create_app": "what lives as long as the process, and the routes",
    "tests/journeys/test_announcement.py"
    "::test_an_announcement_is_heard_live_answered_and_withdrawn": "one story, told once",
    "tests/journeys/test_help.py"
    "::test_two_neighbours_help_each_other_and_nobody_else_ever_knows": "one story, told once",
    "tests/journeys/test_law.py::test_a_resident_takes_everything_along_and_is_erased": "a story",
    "tests/journeys/test_moderation.py::test_from_the_report_to_the_word_back": "a story",
    "tests/journeys/test_match.py"
    "::test_a_match_from_the_proposal_to_the_thanks_is_heard_by_those_it_concerns_alone": "a story",
    "tests/realtime/test_outbox.py::test_an_event_comes_back_as_it_was_announced": "every kind",
    "tests/resolvers/test_access_record.py::test_the_resident_reads_who_read_what": "one story",
    "tests/resolvers/test_content_report.py"
    "::test_the_moderators_read_the_message_and_five_around_it": "the message and ten others",
    "tests/resolvers/test_help_match.py"
    "::test_the_two_read_all_of_it_each_from_the_own_side": "every field",
    "tests/resolvers/test_help_match_worker.py"
    "::test_the_worker_reads_and_hears_of_the_state_and_of_nothing_else": "one story",
    "tests/resolvers/test_post_share.py::test_the_whole_of_a_share_is_this": "every field",
    "tests/resolvers/test_share_end.py"
    "::test_a_share_that_is_taken_back_is_gone_at_once_with_all_that_hangs_on_it": "one story",
    "tests/journeys/test_block.py"
    "::test_on_two_open_sockets_each_vanishes_for_the_other_at_once": "one story, told once",
    "models/database.py::config": "one dictionary, read as a whole",
    "tests/resolvers/test_help_candidate.py::write_offering": "the rows of one offer, by field",
    "tests/resolvers/test_suggestion.py"
    "::test_a_suggestion_says_who_and_why_and_no_more": "every field",
    "tests/journeys/test_gathering.py::test_a_street_party": "one story, told once",
    "tests/journeys/test_announcement_poll.py::test_a_town_asks_its_residents": "one story",
    "tests/journeys/test_budget.py::test_from_an_idea_to_a_bench": "one story, told once",
    "tests/server/test_picture.py::test_a_bucket_takes_the_file_itself": "one story, told once",
    "tests/server/test_picture.py"
    "::test_a_picture_loses_its_secrets_and_is_shown_by_the_rule_of_its_post": "one story",
    "tests/world.py::_person": "the rows of one persona, field by field",
    "tests/world.py::_thread": "the rows of one thread, field by field",
}
# path::model: why it reads a private model other than through `visible`
OWN_READS = {
    "resolvers/access_record.py::ApiToken": "the name of what read, for the resident who was read",
    "resolvers/access_record.py::Staff": "the name of who read, for the resident who was read",
    "resolvers/dashboard.py::Figure": "figures are answered after hiding and rounding only",
    "resolvers/figure.py::Figure": "figures are counted on behalf of nobody",
    "resolvers/digest.py::Digest": "hours are kept by the clock, on behalf of nobody",
    "resolvers/letter.py::Letter": "letters are sent by the worker; their words come by `visible`",
    "resolvers/letter.py::Resident": "the address that a letter to its own account goes to",
    "resolvers/notice.py::Comment": "who wrote under a post, to weigh whether they are told",
    "resolvers/notice.py::Event": "locked and weighed for each recipient by `sees`",
    "resolvers/notice.py::Membership": "who lives there, to weigh whether they are told",
    "resolvers/notice.py::Notification": "who was told of this event already",
    "resolvers/notice.py::NotificationSwitch": "who wants to be told at once, not shown",
    "resolvers/notice.py::Post": "its kind and author, to weigh who is told",
    "resolvers/notice.py::PushDevice": "the browsers of those who are told",
    "resolvers/notification.py::Notification": "older ones of the account of one that is visible",
    "resolvers/notification_switch.py::NotificationHours": "when recipients may be told",
    "resolvers/notification_switch.py::NotificationSwitch": "how soon recipients are told",
    "resolvers/push_device.py::Notification": "its reason and id, for a browser of its own account",
    "resolvers/push_device.py::PushDevice": "an address belongs to whoever registers it last",
    "resolvers/content_report.py::ModerationCase": "the case of a visible thing, by whomever begun",
    "resolvers/moderation_case.py::ContentReport": "all who reported are answered, and not shown",
    "resolvers/moderation_case.py::Membership": "whom a visible case is about, locked",
    "resolvers/moderation_case.py::ModerationDecision": "what was just decided in a visible case",
    "resolvers/moderation_decision.py::Membership": "whom a visible decision is about, locked",
    "resolvers/moderation_decision.py::ModerationDecision": "appeals, for the platform; locked",
    "resolvers/moderation_hide.py::ChatMessage": "what a visible case is about is hidden",
    "resolvers/moderation_hide.py::Comment": "what a visible case is about is hidden",
    "resolvers/moderation_hide.py::Conversation": "where a hidden message stood, to tell of it",
    "resolvers/moderation_hide.py::Membership": "whose words are hidden with what is above them",
    "resolvers/moderation_hide.py::Post": "what a visible case is about is hidden",
    "resolvers/moderation_measure.py::Post": "the post of a visible case",
    "resolvers/moderator.py::Membership": "who judges there, to be told of it",
    "resolvers/moderator.py::Staff": "who of them works for an organisation, and judges nothing",
    "resolvers/mute.py::Membership": "the memberships of the account of one that is visible",
    "resolvers/reported_thing.py::ChatMessage": "locked, as what a case is about",
    "resolvers/reported_thing.py::Comment": "locked, as what a case is about",
    "resolvers/reported_thing.py::Membership": "locked, as what a case is about",
    "resolvers/reported_thing.py::Post": "locked, as what a case is about",
    "resolvers/digest.py::Notification": "what waits for the digest of its owner is put into it",
    "resolvers/account_deletion.py::AccountDeletion": "whose time has come, by the clock",
    "resolvers/account_deletion.py::Erasure": "ids that name nobody any more, for operators",
    "resolvers/account_deletion.py::Resident": "the account that is erased, locked",
    "resolvers/data_export.py::DataArchive": "the file of an export that came by `visible`",
    "resolvers/data_export.py::DataExport": "what is asked for or over, on behalf of nobody",
    "resolvers/erasure.py::Comment": "what the erased wrote goes, unread",
    "resolvers/erasure.py::Membership": "the memberships of the erased account, locked",
    "resolvers/erasure.py::Post": "what the erased wrote goes, unread",
    "resolvers/erasure.py::PostShare": "what the erased shared ends, unread",
    "resolvers/erasure.py::Reaction": "what the erased expressed is taken back",
    "resolvers/pin.py::Post": "how many posts are pinned there is counted, not shown",
    "resolvers/parcel.py::WebhookDelivery": "the worker sends on behalf of the webhook's maker",
    "resolvers/post_end.py::Comment": "what stands under a removed post goes with it, unread",
    "resolvers/age.py::GuardianLeave": "the leave of a housemate who is of age now is closed",
    "resolvers/guardian_leave_grant.py::GuardianLeave": "one leave each: locked, by whomever given",
    "resolvers/help_request.py::HelpRequest": "authors are asked by the clock, on behalf of nobody",
    "resolvers/help_request_post.py::HelpRequest": "locked with its post, or to be taken back",
    "resolvers/person.py::Membership": "whose it is, to tell them of what concerns them",
    "resolvers/share_end.py::PostShare": "shares are ended by the clock, on behalf of nobody",
    "resolvers/volunteer_consent.py::VolunteerConsent": "ended by the clock, on behalf of nobody",
    "resolvers/shared_comment.py::Comment": "an agreed comment share is the key to its comment",
    "resolvers/shared_post.py::Membership": "the name alone, where the author chose to show it",
    "resolvers/shared_post.py::Post": "a visible share is the key to its post",
    "resolvers/statistic.py::Figure": "figures are answered after hiding and rounding only",
    "resolvers/total.py::Figure": "figures are answered after hiding and rounding only",
    "resolvers/webhook.py::ApiToken": "the viewer's own token names who answers for the webhook",
    "resolvers/webhook.py::WebhookDelivery": "a delivery under a webhook that came by `visible`",
    "auth/account.py::Credential": "a password is checked before there is a viewer",
    "auth/account.py::InvitationCode": "a code is checked before there is a viewer",
    "auth/session.py::Session": "a session is what makes a viewer",
    "auth/session.py::SessionToken": "a token is what makes a viewer",
    "realtime/outbox.py::Event": "each event is authorised again before it is told",
    "resolvers/announcement.py::Announcement": "what is due is published, on behalf of nobody",
    "resolvers/announcement_reply.py::Post": "the posts of an announcement, not shown",
    "resolvers/announcement_post.py::Announcement": "the purpose alone, of a post that is seen",
    "resolvers/announcement_post.py::Comment": "what goes with a withdrawn post is told, not shown",
    "resolvers/announcement_post.py::Post": "its own: locked to be changed, its counters summed",
    "resolvers/block.py::Membership": "the two who do not meet any more, for their events",
    "resolvers/chat_message.py::Participant": "the seats of those who can read it move up",
    "resolvers/announcement_poll.py::Poll": "summed up over the places of an office, and rounded",
    "resolvers/attendance.py::Attendance": "one's own answer, under a gathering that is seen",
    "resolvers/attendance_place.py::Attendance": "who waits moves up, unread",
    "resolvers/attendance_place.py::Gathering": "where whoever leaves had a place, locked",
    "resolvers/ballot.py::Ballot": "the voice that is given again, under a poll that is seen",
    "resolvers/budget.py::Post": "the announcement that was made a moment ago",
    "resolvers/budget_idea.py::BudgetSupport": "one's own, under an idea that is seen",
    "resolvers/budget_idea.py::Post": "the post of an idea that is seen, for its event",
    "resolvers/budget_vote.py::Budget": "what is due is decided, on behalf of nobody",
    "resolvers/budget_vote.py::BudgetBallot": "whether a voice was given is asked, not shown",
    "resolvers/budget_vote.py::BudgetIdea": "what is due is decided, on behalf of nobody",
    "resolvers/budget_vote.py::Post": "the posts of what was decided, for their events",
    "resolvers/calendar_feed.py::CalendarFeed": "the address is what makes a viewer",
    "resolvers/gathering_post.py::Attendance": "who comes is told that it changes",
    "resolvers/introduction.py::Post": "whether one said hello before is asked, not shown",
    "resolvers/mention.py::Mention": "whom one's own words mention already, to tell the others",
    "resolvers/notice.py::Mention": "who is told already, not to be told twice",
    "resolvers/picture.py::Picture": "one's own that wait for a post are counted",
    "resolvers/picture_end.py::Picture": "what is thrown away, unread",
    "resolvers/picture_ready.py::Picture": "the worker makes it ready, on behalf of nobody",
    "resolvers/picture_ready.py::Post": "the post that shows it, for its event",
    "resolvers/poll_post.py::Poll": "what is due is closed, on behalf of nobody",
    "resolvers/post_part.py::Picture": "what goes with a removed post, unread",
    "resolvers/reminder.py::Attendance": "who is due is reminded, by the clock",
    "resolvers/reminder.py::Gathering": "whether it still takes place is asked, not shown",
    "server/picture/door.py::Picture": "whether a file is awaited, at an address that we signed",
    "resolvers/comment_count.py::Comment": "what a block hides is counted, to be left out",
    "resolvers/conversation.py::Conversation": "the one talk of two, to which one comes back",
    "resolvers/seat.py::Conversation": "the talks that whoever moves out leaves",
    "resolvers/seat.py::Participant": "seats are taken and left, not shown",
    "resolvers/case.py::Staff": "the assignee of a case that came through `visible`",
    "resolvers/case_answer.py::Post": "the audience of the post that is answered, not shown",
    "resolvers/case_assignment.py::Staff": "whether one may follow a case up is asked, not shown",
    "resolvers/case_note.py::Staff": "who wrote a note that came through `visible`",
    "resolvers/case_version.py::Post": "the post above a case is locked first, not shown",
    "resolvers/case_version.py::PostShare": "the share above a case is locked first, not shown",
    "resolvers/help_match_answer.py::HelpMatch": "whether the two are together is asked, not shown",
    "resolvers/help_match_asked.py::Block": "whether two block each other is asked, not shown",
    "resolvers/help_match_asked.py::HelpMatch": "what was proposed is weighed, not shown",
    "resolvers/help_match_asked.py::HelpOffer": "how far an offer reaches is asked, not shown",
    "resolvers/help_match_change.py::HelpMatch": "the places that are taken are counted, not shown",
    "resolvers/help_match_change.py::HelpRequest": "the request of a match is locked, not shown",
    "resolvers/help_match_change.py::Membership": "the two of a match are locked, not shown",
    "resolvers/help_match_end.py::HelpMatch": "what ends with something else is told, not shown",
    "resolvers/help_match_end.py::Membership": "the places of two who block are locked, not shown",
    "resolvers/help_match_party.py::Membership": "a match is the key to the names in it",
    "resolvers/invitation.py::InvitationCode": "the codes that lie open are counted, not shown",
    "resolvers/membership.py::Household": "the row that is left is locked, not shown",
    "resolvers/membership.py::InvitationCode": "the codes of whoever leaves are revoked",
    "resolvers/membership.py::Membership": "who stays is asked; the name under what may be read",
    "resolvers/reaction.py::Reaction": "one's own, under a row that came through `visible`",
    "resolvers/referral.py::PostShare": "the share that is handed over, for its events",
    "resolvers/registration.py::Membership": "one's own that waits, for whoever holds the code",
    "resolvers/worker.py::Membership": "where its own professionals work, to the organisation",
    "resolvers/staff_invitation.py::Staff": "the invitation is found by its code, once",
    "resolvers/password.py::Credential": "one's own hash is compared, not shown",
    "resolvers/volunteer.py::Membership": "the name alone, of whoever gave a consent that is seen",
    "resolvers/work.py::MutationKey": "what this call claimed is filled in, not shown",
    "server/persona.py::Resident": "the demo signs its people in before there is a viewer",
}
# path: why it holds SQL that reads a private table
OWN_SQL = {
    "auth/recipient.py": "one query makes the viewers whom something is sent to",
    "resolvers/digest.py": "whose hour has come is reckoned on behalf of nobody, and not shown",
    "resolvers/block.py": "the lists of two who do not meet are put in order, and not read",
    "resolvers/conversation.py": "the memberships of the account that came through `visible`",
    "resolvers/participant.py": "where a seat that came through `visible` is, and how far it read",
    "resolvers/seat.py": "what was written in a talk is let go of by whoever leaves it, unread",
    "auth/office.py": "one query makes the viewer that a webhook acts as",
    "resolvers/help_match_change.py": "the streams of those whom a match concerns, unless blocked",
    "resolvers/figure.py": "figures are counted for all neighbourhoods at once, for nobody",
    "resolvers/ledger.py": "asks whether a line is the first, in the statement that writes it",
    "resolvers/parcel.py": "the worker claims what is due, on behalf of nobody",
    "resolvers/queue.py": "what is due is counted, for operators, and no row is read",
    "resolvers/webhook_delivery.py": "the worker reads how far a webhook was told",
    "auth/tokens.py": "one query makes the viewer, before there is one",
    "realtime/history.py": "the epoch, and what is old enough to be forgotten",
    "realtime/outbox.py": "positions, and the events that each watch authorises again",
    "resolvers/guardian_leave.py": "ages and leave decide who is matched, and are not shown",
    "resolvers/help_candidate.py": "who would fit a request, decided over all offers in its reach",
    "resolvers/search_key.py": "ids alone, in places that are near; each passes `visible` first",
    "resolvers/skill_search.py": "the catalogue, which everybody reads",
    "models/migrations/0013_moderation.py": "the reports of before, each behind a case",
    "models/migrations/0015_search.py": "indexes over words, and the language of older posts",
    "models/migrations/0007_help_indexes.py": "a request behind each older post that asks for help",
    "resolvers/nearby.py": "counts what each author wrote, in the transaction that changes it",
    "resolvers/api_token.py": "the neighbourhoods of tokens that came through `visible`",
}
# a plural that is one thing: a table, a set, a module about many
PLURALS = {
    *("enums", "events", "guards", "health", "limits", "logs", "metrics", "passwords", "postgres"),
    *("rules", "secrets", "settings", "sockets", "tokens"),
}
READINGS = {
    *("all", "annotate", "exclude", "exists", "filter", "first", "get", "get_or_none"),
    *("in_bulk", "raw", "select_for_update", "values", "values_list"),
}
WRITINGS = {"update", "delete"}
UNBOUND = ("tests/", "bench/", "server/seed/")


def long_files() -> dict[str, int]:
    limits = {source: 300 if source.floor == "tests" else 200 for source in sources()}
    lengths = {source: source.text.count("\n") for source in limits}
    return {each.path: lengths[each] for each in limits if lengths[each] > limits[each]}


def outermost(tree: ast.Module, call: ast.Call) -> str:
    """The last method of the chain that `call` begins: `update` of `x.filter().update()`."""
    chained = {
        node.func.value: node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    while call in chained:
        call = chained[call]
    return dotted(call.func).rsplit(".", 1)[-1]


def private_reads(source: Source) -> set[str]:
    private = {model.__name__ for model, rule in VISIBLE.items() if rule is not rules.EVERYONE}
    found = set()
    for call in calls(source.tree):
        subject, _, method = dotted(call.func).rpartition(".")
        model = subject.rpartition(".")[2]
        reads = model in private and method in READINGS
        if reads and outermost(source.tree, call) not in WRITINGS:
            found.add(f"{source.path}::{model}")
    renamed = (node for node in ast.walk(source.tree) if isinstance(node, ast.Assign))
    named = {dotted(node.value).rpartition(".")[2] for node in renamed}
    return found | {f"{source.path}::{model}" for model in named & private}


def reads_a_table(text: str, tables: set[str]) -> bool:
    words = text.lower().replace('"', "")
    named = set(re.findall(r"\b(?:from|join)\s+(\w+)", words))
    return bool(named & tables) and "select" in words


def strings(source: Source) -> list[str]:
    constants = [node for node in ast.walk(source.tree) if isinstance(node, ast.Constant)]
    return [node.value for node in constants if isinstance(node.value, str)]


def test_a_floor_imports_only_from_the_floors_below() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=50
    )
    assert linted.returncode == 0, linted.stdout


def test_every_file_opens_with_a_sentence() -> None:
    for source in [each for each in sources() if each.text.strip()]:
        words = (ast.get_docstring(source.tree) or "").split("\n\n")[0]
        assert re.match(r"^[A-Z`].+[.]$", words, re.DOTALL), f"{source.path}: {words!r}"


def test_no_file_is_long_without_a_reason() -> None:
    assert long_files().keys() == LONG_FILES.keys(), long_files()


def test_no_function_is_long_without_a_reason() -> None:
    found = {
        f"{source.path}::{function.name}": body_lines(function)
        for source in sources()
        for function in source.functions()
        if body_lines(function) > 25
    }
    assert found.keys() == LONG_FUNCTIONS.keys(), found


def test_nothing_is_named_after_nothing() -> None:
    vague = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}
    for source in sources():
        named = [
            node.name
            for node in ast.walk(source.tree)
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        for label in [*Path(source.path).with_suffix("").parts, *named]:
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", label)}
            # a manager is a role of staff, whom tests may speak of
            role = {"manager"} if source.floor == "tests" else set()
            assert not words & (vague - role), f"{source.path}: {label}"


def test_a_file_has_a_singular_name() -> None:
    plural = [
        source.path
        for source in sources()
        if source.floor in FLOORS and not source.path.startswith("models/migrations/")
        for stem in [Path(source.path).stem]
        if stem.endswith("s") and not stem.endswith("ss") and stem not in PLURALS
    ]
    assert plural == []


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        for function in source.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_module_of_ours_goes_by_another_name() -> None:
    renamed = [
        f"{source.path}: {alias.name} as {alias.asname}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.asname and (getattr(node, "module", "") or alias.name).split(".")[0] in FLOORS
    ]
    assert renamed == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX"]) + r")\b")
    left = [name(path) for path in paths() if later.search(path.read_text("utf-8"))]
    assert left == []


def test_no_file_names_a_registry_or_a_place_on_a_machine() -> None:
    registries = [r"pypi\." + "org", "files.python" + "hosted", r"registry\.npm" + "js"]
    places = ["/ro" + "ot/", r"/ho" + r"me/\w", r"/Use" + r"rs/\w", "/wo" + "rk/"]
    address = re.compile("|".join([*registries, *places]))
    found = [
        f"{name(path)}: {match.group()}"
        for path in paths()
        for match in [address.search(path.read_text("utf-8"))]
        if match
    ]
    assert found == []


def test_nobody_reads_a_private_model_other_than_through_visible() -> None:
    bound = [source for source in sources() if not source.path.startswith(UNBOUND)]
    found = set().union(*map(private_reads, bound))
    assert found == set(OWN_READS)


def test_nobody_reads_a_private_table_in_sql_without_a_reason() -> None:
    tables = {model._meta.db_table for model in VISIBLE} - {"neighbourhood", "adjacency"}
    found = {
        source.path
        for source in sources()
        if source.floor in FLOORS and not source.path.startswith(UNBOUND)
        if any(reads_a_table(text, tables) for text in strings(source))
    }
    assert found == set(OWN_SQL)


def test_every_model_has_a_rule() -> None:
    declared = {getattr(models, each) for each in models.__all__}
    assert {each for each in declared if issubclass(each, Model)} == set(VISIBLE)


def test_nobody_follows_a_relation_past_its_rule() -> None:
    followers = {"fetch_related", "prefetch_related", "select_related", "fetch_for_list"}
    found = [
        f"{source.path}:{call.lineno}"
        for source in sources()
        for call in calls(source.tree)
        if dotted(call.func).rsplit(".", 1)[-1] in followers
    ]
    assert found == []


def test_there_is_one_door_to_a_transaction() -> None:
    word = "in_" + "transaction"
    door = re.compile(rf"(?<!_){word}\b(?!_)|[@. ]ato" r"mic\b(?!=)")
    named = {s.path for s in sources() if door.search(s.text)}
    assert named == {"models/transaction.py"}


def test_no_task_starts_inside_a_transaction() -> None:
    starters = {"create_task", "ensure_future", "gather", "TaskGroup", "start_soon"}
    inside = {"models", "auth", "resolvers", "schema"}  # a verb runs in the transaction of its work
    waiting = [
        f"{source.path}:{call.lineno}"
        for source in sources()
        if source.floor in inside
        for call in calls(source.tree)
        if dotted(call.func).rsplit(".", 1)[-1] in starters
    ]
    assert waiting == []
    found = [
        f"{source.path}:{call.lineno}"
        for source in sources()
        for block in ast.walk(source.tree)
        if isinstance(block, ast.AsyncWith)
        if any("transaction" in ast.unparse(item.context_expr) for item in block.items)
        for call in calls(block)
        if dotted(call.func).rsplit(".", 1)[-1] in starters
    ]
    assert found == []


def test_only_the_settings_read_the_environment() -> None:
    reading = re.compile(r"\bos\.(environ|getenv)\b|from os import .*(environ|getenv)")
    readers = {s.path for s in sources() if s.floor in FLOORS and reading.search(s.text)}
    assert readers <= {"server/settings.py"}


def test_every_path_a_document_names_exists() -> None:
    known = {path.name for path in paths()}
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
        named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|yml))`", text)
        linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
        for each in [*named, *linked]:
            places = [ROOT / each, document.parent / each]
            # what `make demo` writes, and media types
            made = each.startswith((".data/", "application/", "text/"))
            found = each in known or any(place.exists() for place in places)
            assert found or made, f"{name(document)}: {each}"

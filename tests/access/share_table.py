"""What residents let organisations read, and what comes of it, as cells: who gets which field."""

from tests.access import subject
from tests.access.partner_table import LOCKED
from tests.access.subject import Rows, Subject, listed, own, thing, under

# the half of the partners below their own account, where they share nothing
NONE = "...... .. ........... .. .."
# behind `shares:read` and `cases:read`: what the unit `care` holds, and what no unit holds yet
SHARE = "+x+.xx .x +xx+xxxxxxx x. !!"
SHARE_NULL = "-x-.xx .x -xx-xxxxxxx x. !!"
NEW_SHARE = "+x++xx .x +xx+xxxxxxx x. !!"
NEW_SHARE_NULL = "-x--xx .x -xx-xxxxxxx x. !!"
SHARES = "+x++xx ?x +xx+xxxxxxx x. !!"
CASE = "+x+.xx .x +xxx+xxxxxx x. !!"
NEW_CASE = "+x++xx .x +xxx+xxxxxx x. !!"
NEW_CASE_NULL = "-x--xx .x -xxx-xxxxxx x. !!"
CASES = "+x++xx ?x +xxx+xxxxxx x. !!"
# of the centre alone, and of nobody any more
SHARE_ELSEWHERE, CASE_ELSEWHERE = ".x..xx +x .xx.xxxxxxx x. !!", ".x..xx +x .xxx.xxxxxx x. !!"
SHARE_ELSEWHERE_NULL = ".x..xx -x .xx.xxxxxxx x. !!"
CASE_ELSEWHERE_NULL = ".x..xx -x .xxx.xxxxxx x. !!"
NO_SHARE, NO_CASE = ".x..xx .x .xx.xxxxxxx x. !!", ".x..xx .x .xxx.xxxxxx x. !!"
AUTHOR, COMMENTER = "+... ..... ...", ".+.. ..... ..."
AUTHOR_NULL, COMMENTER_NULL = "-... ..... ...", ".-.. ..... ..."

TERMS = "id createdAt expiresAt purpose withName organisation neighbourhood kind body postedAt"
OF_AUTHOR = "revokedAt post commentShares accessRecords"
CASE_TERMS = "id createdAt state version purpose neighbourhood organisation"
CASE_ENDING = "satisfaction satisfactionWord closedAt"
QUESTION = "id createdAt state expiresAt organisation comment asker"
REFERRAL = "id createdAt state reason toOrganisation case"
RECORD = "id createdAt organisation tokenName subject subjectId fieldsRead isFirst"
ALL_OF_SHARE = f"{TERMS} title authorName comments case {OF_AUTHOR}"
ALL_OF_CASE = f"{CASE_TERMS} nextStates unit share assignee dueOn notes referrals"
ALL_OF_CASE += f" answer answeredAt {CASE_ENDING}"


def readings(name: str, path: str, half: str, null: str) -> Subject:
    """The newest line of the ledger at a path below the viewer's own account: a program read."""
    rows = ((RECORD, half, NONE), ("staffName", null, NONE))
    return own(name, f"{path}.nodes", "AccessRecord", rows)


def share(name: str, rows: Rows) -> Subject:
    """One of the shares."""
    return subject.one("share", f"a share: {name}", thing(name), "PostShare", rows)


def case(name: str, rows: Rows) -> Subject:
    """One of the cases."""
    return subject.one("case", f"a case: {name}", thing(name), "Case", rows)


SUBJECTS: tuple[Subject, ...] = (
    share(
        "held",
        (
            (f"{TERMS} title authorName comments", LOCKED, SHARE),
            ("case", LOCKED, "+x+.xx .x +xx-xxxxxxx x. !!"),
            (OF_AUTHOR, LOCKED, SHARE_NULL),
        ),
    ),
    share(
        "open",
        (
            (f"{TERMS} title", LOCKED, NEW_SHARE),
            ("case", LOCKED, "+x++xx .x +xx-xxxxxxx x. !!"),
            ("comments", LOCKED, "0x00xx .x 0xx0xxxxxxx x. !!"),
            (f"authorName {OF_AUTHOR}", LOCKED, NEW_SHARE_NULL),
        ),
    ),
    share(
        "centre's",
        (
            (f"{TERMS} title case", LOCKED, SHARE_ELSEWHERE),
            ("comments", LOCKED, ".x..xx 0x .xx.xxxxxxx x. !!"),
            (f"authorName {OF_AUTHOR}", LOCKED, SHARE_ELSEWHERE_NULL),
        ),
    ),
    share("taken back", ((ALL_OF_SHARE, LOCKED, NO_SHARE),)),
    share("expired", ((ALL_OF_SHARE, LOCKED, NO_SHARE),)),
    listed(
        "shares",
        "the last share",
        "nodes",
        "PostShare",
        (
            (f"{TERMS} title", LOCKED, SHARES),
            ("authorName", LOCKED, "+x+-xx ?x +xx+xxxxxxx x. !!"),
            ("comments", LOCKED, "+x+0xx ?x +xx+xxxxxxx x. !!"),
            ("case", LOCKED, "+x++xx ?x +xx-xxxxxxx x. !!"),
            (OF_AUTHOR, LOCKED, "-x--xx ?x -xx-xxxxxxx x. !!"),
        ),
    ),
    own(
        "one's own last share",
        "shares.nodes",
        "PostShare",
        (
            (f"{TERMS} case post", "++.. ..... ...", NONE),
            ("title authorName", "+-.. ..... ...", NONE),
            ("comments commentShares accessRecords", "+0.. ..... ...", NONE),
            ("revokedAt", "--.. ..... ...", NONE),
        ),
    ),
    under(
        "share",
        "a comment that goes along",
        thing("held"),
        "comments.nodes",
        "SharedComment",
        (("id body createdAt", LOCKED, SHARE),),
    ),
    own(
        "a comment that goes along with one's own",
        "shares.nodes.comments.nodes",
        "SharedComment",
        (("id body createdAt", AUTHOR, NONE),),
    ),
    own(
        "a question that was asked",
        "shares.nodes.commentShares.nodes",
        "CommentShare",
        ((QUESTION, AUTHOR, NONE), ("revokedAt accessRecords", AUTHOR_NULL, NONE)),
    ),
    own(
        "a question to oneself",
        "commentShares.nodes",
        "CommentShare",
        ((f"{QUESTION} accessRecords", COMMENTER, NONE), ("revokedAt", COMMENTER_NULL, NONE)),
    ),
    readings("what was read of oneself", "accessRecords", "++.. ..... ...", "--.. ..... ..."),
    readings("who read a share", "shares.nodes.accessRecords", AUTHOR, AUTHOR_NULL),
    readings("who read a comment", "commentShares.nodes.accessRecords", COMMENTER, COMMENTER_NULL),
    case(
        "case held",
        (
            (f"{CASE_TERMS} unit assignee dueOn notes referrals", LOCKED, CASE),
            (f"answer answeredAt {CASE_ENDING}", LOCKED, CASE),
            ("share", LOCKED, "+x+.xx .x +xxx-xxxxxx x. !!"),
            ("nextStates", LOCKED, "0x0.xx .x 0xxx0xxxxxx x. !!"),
        ),
    ),
    case(
        "case open",
        (
            (f"{CASE_TERMS} nextStates referrals", LOCKED, NEW_CASE),
            ("share", LOCKED, "+x++xx .x +xxx-xxxxxx x. !!"),
            ("notes", LOCKED, "0x00xx .x 0xxx0xxxxxx x. !!"),
            (f"unit assignee dueOn answer answeredAt {CASE_ENDING}", LOCKED, NEW_CASE_NULL),
        ),
    ),
    case(
        "centre's case",
        (
            (f"{CASE_TERMS} nextStates share", LOCKED, CASE_ELSEWHERE),
            ("notes referrals", LOCKED, ".x..xx 0x .xxx.xxxxxx x. !!"),
            (f"unit assignee dueOn answer answeredAt {CASE_ENDING}", LOCKED, CASE_ELSEWHERE_NULL),
        ),
    ),
    case("case taken back", ((ALL_OF_CASE, LOCKED, NO_CASE),)),
    case("case expired", ((ALL_OF_CASE, LOCKED, NO_CASE),)),
    listed(
        "cases",
        "the last case",
        "nodes",
        "Case",
        (
            (f"{CASE_TERMS} answer answeredAt", LOCKED, CASES),
            ("share", LOCKED, "+x++xx ?x +xxx-xxxxxx x. !!"),
            (f"unit assignee dueOn {CASE_ENDING}", LOCKED, "+x+-xx ?x +xxx+xxxxxx x. !!"),
            ("notes referrals", LOCKED, "+x+0xx ?x +xxx+xxxxxx x. !!"),
            ("nextStates", LOCKED, "0x0+xx ?x 0xxx0xxxxxx x. !!"),
        ),
    ),
    own(
        "one's own last case",
        "cases.nodes",
        "Case",
        (
            (f"{CASE_TERMS} share", "++.. ..... ...", NONE),
            (f"answer answeredAt {CASE_ENDING}", "+-.. ..... ...", NONE),
            ("referrals", "+0.. ..... ...", NONE),
            ("nextStates", "0+.. ..... ...", NONE),
            ("unit assignee dueOn notes", "--.. ..... ...", NONE),
        ),
    ),
    under(
        "case",
        "a note",
        thing("case held"),
        "notes.nodes",
        "CaseNote",
        (("id createdAt body writer", LOCKED, CASE),),
    ),
    under(
        "case",
        "who follows a case up",
        thing("case held"),
        "assignee",
        "Colleague",
        (("id name", LOCKED, CASE),),
    ),
    under(
        "case",
        "who wrote a note",
        thing("case held"),
        "notes.nodes.writer",
        "Colleague",
        (("id name", LOCKED, CASE),),
    ),
    under(
        "case",
        "a referral",
        thing("case held"),
        "referrals.nodes",
        "Referral",
        ((REFERRAL, LOCKED, CASE),),
    ),
    own(
        "a referral of one's own case",
        "cases.nodes.referrals.nodes",
        "Referral",
        ((REFERRAL, AUTHOR, NONE),),
    ),
)

"""What everybody has of a neighbourhood, as cells: of the own, and of one that is far."""

from tests.access.subject import Rows

ALL = ("++++ +++++ +++", "++++++ ++ +++++++++++ ++ ++")
PLACE: Rows = (
    ("id slug name organisations", *ALL),
    ("place openedOn participation", "++++ +++++ ---", "++++++ ++ +++++++++++ +- --"),
    ("adjacent", "++++ +++++ ---", "-----+ -+ ----------- -- --"),
    ("members helpOffers statistics", "++++ ----- ---", "-----+ -- ----------- -- --"),
    ("feed helpRequests", "++++ +0000 000", "00000+ 00 00000000000 00 00"),
    ("alerts", "++++ 00000 000", "00000+ 00 00000000000 00 00"),
    ("pinned calendar polls", "++++ +0000 000", "00000+ 00 00000000000 00 00"),
    ("budgets", "++++ 00000 000", "++000+ 00 +00000000+0 00 00"),
    ("newcomers", "++++ ----- ---", "-----+ -- ----------- -- --"),
    ("isFollowed", *ALL),
    ("moderationCases moderationLog", "--+- ----- ---", "------ -- ----------- -- --"),
    ("houseRules", "++++ ----- ---", "-----+ -- ----------- -- --"),
)


FAR: Rows = (
    ("id slug name isFollowed", *ALL),
    ("place openedOn participation", "++++ +++++ ---", "-----+ -+ ----------- -- --"),
    ("adjacent", "0000 00000 ---", "-----0 -0 ----------- -- --"),
    ("members statistics newcomers", "---- -++-- ---", "------ -- ----------- -- --"),
    ("feed", "0000 0++00 000", "000000 00 00000000000 00 00"),
    ("helpOffers", "---- -00-- ---", "------ -- ----------- -- --"),
    ("pinned calendar polls budgets", "0000 00000 000", "000000 00 00000000000 00 00"),
    ("moderationCases moderationLog", "---- ----- ---", "------ -- ----------- -- --"),
    ("houseRules", "---- -00-- ---", "------ -- ----------- -- --"),
    ("organisations alerts helpRequests", "0000 00000 000", "000000 00 00000000000 00 00"),
)

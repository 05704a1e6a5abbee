"""Streets and front doors of a village."""

from itertools import islice
from random import Random

from server.seed import village

DOORS_PER_STREET = 34


def name(home: village.Village, random: Random) -> list[str]:
    """Enough street names for all front doors: the village's own, shared ones, composed ones."""
    words = village.read("street")
    needed = max(len(home.streets) + 3, home.household_count // DOORS_PER_STREET)
    composed = [first + last for first in words["first"] for last in words["last"]]
    random.shuffle(composed)
    shared = random.sample(words["common"], len(words["common"]) // 2)
    unique = dict.fromkeys([*home.streets, *shared, *composed])
    return list(islice(unique, needed))


def number(count: int, random: Random) -> list[str]:
    """`count` different house numbers, as they come: 1, 3, 3A, 7 bus 2."""
    numbers: list[str] = []
    current = 0
    while len(numbers) < count:
        current += random.choice((1, 1, 1, 2, 2, 3))
        numbers.append(str(current))
        chance = random.random()
        if chance < 0.04:
            numbers.append(f"{current}A")
        elif chance < 0.06:
            numbers += [f"{current} bus {box}" for box in range(1, random.randint(3, 7))]
    return numbers[:count]


def address(home: village.Village, streets: list[str], random: Random) -> list[tuple[str, str]]:
    """Street and house number of every household, each once, in random order."""
    sizes = [random.uniform(0.4, 1.6) for _ in streets]
    room = [int(home.household_count * size / sum(sizes)) for size in sizes]
    room[0] += home.household_count - sum(room)
    doors = [
        (street, house)
        for street, count in zip(streets, room, strict=True)
        for house in number(count, random)
    ]
    random.shuffle(doors)
    return doors

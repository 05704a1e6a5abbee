"""The catalogue of skills: what neighbours can do for each other, named in three languages."""

from typing import ClassVar

from tortoise import migrations
from tortoise.migrations import operations

# group: (slug, Dutch, French, English), in the order in which they are listed
CATALOGUE = {
    "HOUSEHOLD": (
        ("groceries", "boodschappen doen", "faire les courses", "doing the shopping"),
        ("cooking", "koken", "cuisiner", "cooking"),
        ("baking", "bakken", "faire de la pâtisserie", "baking"),
        ("ironing", "strijken", "repasser", "ironing"),
        ("laundry", "de was doen", "faire la lessive", "doing the laundry"),
        ("cleaning", "poetsen", "faire le ménage", "cleaning"),
        ("sewing", "naaien en verstellen", "coudre et raccommoder", "sewing and mending"),
        ("moving-house", "helpen verhuizen", "aider à déménager", "helping to move house"),
        ("house-sitting", "op het huis passen", "garder la maison", "looking after the house"),
    ),
    "TRANSPORT": (
        ("lift", "een lift geven", "conduire en voiture", "giving a lift"),
        ("hospital-ride", "meerijden naar het ziekenhuis", "accompagner à l'hôpital",
         "riding along to the hospital"),
        ("school-run", "kinderen naar school brengen", "conduire les enfants à l'école",
         "taking children to school"),
        ("small-transport", "iets groots vervoeren", "transporter un gros objet",
         "carrying something large"),
        ("pharmacy", "naar de apotheek gaan", "aller à la pharmacie", "going to the pharmacy"),
        ("recycling-park", "naar het recyclagepark rijden", "aller au parc à conteneurs",
         "a trip to the recycling park"),
    ),
    "DIGITAL": (
        ("computer", "computerhulp", "aide informatique", "help with a computer"),
        ("smartphone", "smartphone en tablet uitleggen", "expliquer smartphone et tablette",
         "explaining a smartphone or tablet"),
        ("online-banking", "hulp bij bankieren op internet", "aide à la banque en ligne",
         "help with online banking"),
        ("video-call", "leren videobellen", "apprendre les appels vidéo", "learning to video call"),
        ("internet-at-home", "internet en printer instellen", "installer internet et imprimante",
         "setting up internet and printer"),
        ("photographs", "foto's bewaren en ordenen", "trier et sauvegarder des photos",
         "sorting and saving photographs"),
    ),
    "GARDEN": (
        ("mowing", "gras maaien", "tondre la pelouse", "mowing the lawn"),
        ("hedge", "de haag snoeien", "tailler la haie", "trimming the hedge"),
        ("weeding", "wieden", "désherber", "weeding"),
        ("watering", "planten water geven", "arroser les plantes", "watering plants"),
        ("vegetable-garden", "hulp in de moestuin", "aide au potager",
         "help in the vegetable garden"),
        ("pruning", "bomen en struiken snoeien", "tailler arbres et arbustes",
         "pruning trees and shrubs"),
        ("garden-tools", "tuingereedschap uitlenen", "prêter des outils de jardin",
         "lending garden tools"),
    ),
    "CARE_AND_COMPANY": (
        ("visiting", "op bezoek gaan", "rendre visite", "paying a visit"),
        ("telephone-chat", "een babbel aan de telefoon", "bavarder au téléphone",
         "a chat on the telephone"),
        ("walking", "samen wandelen", "se promener ensemble", "going for a walk together"),
        ("reading-aloud", "voorlezen", "faire la lecture", "reading aloud"),
        ("doctor-visit", "meegaan naar de dokter", "accompagner chez le médecin",
         "coming along to the doctor"),
        ("informal-care", "mantelzorg even overnemen", "relayer un aidant proche",
         "relieving an informal carer"),
        ("sharing-a-meal", "samen eten", "partager un repas", "sharing a meal"),
        ("board-games", "een spelletje spelen", "jouer à des jeux de société",
         "playing board games"),
        ("listening", "een luisterend oor", "une oreille attentive", "a listening ear"),
    ),
    "CHILDREN": (
        ("babysitting", "babysitten", "faire du baby-sitting", "babysitting"),
        ("homework", "huiswerk begeleiden", "aider aux devoirs", "help with homework"),
        ("after-school", "kinderen opvangen na school", "garder après l'école",
         "minding children after school"),
        ("playing", "met kinderen spelen", "jouer avec les enfants", "playing with children"),
        ("learning-to-cycle", "leren fietsen", "apprendre à rouler à vélo", "learning to cycle"),
    ),
    "ANIMALS": (
        ("dog-walking", "de hond uitlaten", "promener le chien", "walking the dog"),
        ("pet-sitting", "op huisdieren passen", "garder des animaux", "looking after pets"),
        ("chickens", "de kippen voederen", "nourrir les poules", "feeding the chickens"),
        ("vet", "meegaan naar de dierenarts", "accompagner chez le vétérinaire",
         "coming along to the vet"),
    ),
    "REPAIRS": (
        ("bicycle-repair", "fietsen herstellen", "réparer des vélos", "mending bicycles"),
        ("odd-jobs", "kleine klusjes", "petits bricolages", "odd jobs"),
        ("painting", "schilderen en behangen", "peindre et tapisser", "painting and papering"),
        ("electrical-repair", "toestellen herstellen", "réparer des appareils",
         "mending appliances"),
        ("furniture", "meubels monteren", "monter des meubles", "putting furniture together"),
        ("woodwork", "hout bewerken", "travailler le bois", "working with wood"),
        ("plumbing", "een kraan herstellen", "réparer un robinet", "mending a tap"),
        ("tools", "gereedschap uitlenen", "prêter des outils", "lending tools"),
    ),
    "ADMINISTRATION": (
        ("tax-return", "belastingaangifte invullen", "remplir la déclaration d'impôts",
         "filling in a tax return"),
        ("forms", "formulieren invullen", "remplir des formulaires", "filling in forms"),
        ("letters", "brieven lezen en schrijven", "lire et écrire des lettres",
         "reading and writing letters"),
        ("translating", "vertalen en tolken", "traduire et interpréter",
         "translating and interpreting"),
        ("budget", "de rekeningen op orde brengen", "mettre de l'ordre dans les factures",
         "putting bills in order"),
        ("job-hunting", "helpen solliciteren", "aider à postuler", "help with job applications"),
    ),
    "CULTURE_AND_SPORT": (
        ("music", "muziek maken", "faire de la musique", "making music"),
        ("languages", "een taal oefenen", "pratiquer une langue", "practising a language"),
        ("crafts", "knutselen en handwerk", "bricolage et travaux d'aiguille",
         "crafts and needlework"),
        ("running", "samen lopen", "courir ensemble", "running together"),
        ("cycling", "samen fietsen", "rouler à vélo ensemble", "cycling together"),
        ("photography", "fotograferen", "faire de la photographie", "photography"),
    ),
    "NEIGHBOURHOOD": (
        ("snow-clearing", "sneeuw ruimen", "déneiger", "clearing snow"),
        ("litter", "zwerfvuil rapen", "ramasser les déchets", "picking up litter"),
        ("street-party", "een buurtfeest organiseren", "organiser une fête de quartier",
         "organising a street party"),
        ("welcoming", "nieuwe buren verwelkomen", "accueillir les nouveaux voisins",
         "welcoming new neighbours"),
        ("parcels", "pakjes aannemen", "réceptionner des colis", "taking in parcels"),
        ("bins", "de vuilnisbakken buitenzetten", "sortir les poubelles", "putting out the bins"),
        ("delivering-flyers", "briefjes bussen", "distribuer des tracts", "delivering leaflets"),
        ("event-helper", "helpen bij activiteiten", "aider lors d'activités",
         "helping at activities"),
    ),
}  # fmt: skip
ROWS = [
    (f"0170e0a0-0000-7000-8000-{number:012x}", group, *skill)
    for number, (group, skill) in enumerate(
        (group, skill) for group, skills in CATALOGUE.items() for skill in skills
    )
]
INSERT = """
insert into skill (id, created_at, "group", slug, name_nl, name_fr, name_en)
select s.id, '2020-03-16 00:00:00+00', s.kind, s.slug, s.nl, s.fr, s.en
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
     as s(id, kind, slug, nl, fr, en)
on conflict (slug) do nothing
"""
DELETE = "delete from skill where id = any($1::uuid[])"


class Migration(migrations.Migration):
    """The skills, with ids that are the same everywhere and sort in the order of the catalogue."""

    dependencies: ClassVar = [("models", "0004_partner_indexes")]

    operations: ClassVar = [
        operations.RunSQL(
            sql=[(INSERT, [list(column) for column in zip(*ROWS, strict=True)])],
            reverse_sql=[(DELETE, [[row[0] for row in ROWS]])],
        )
    ]

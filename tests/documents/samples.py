"""Agreements to write in tests, in English and German."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from cocivic_desktop.documents.content import (
    AgreementText,
    Annex,
    ClauseText,
    Heading,
    Items,
    Note,
    Party,
    Run,
    SignatureBlock,
    SimpleDocument,
    Table,
    WritingLines,
)

WORDS = {
    "en": {
        "document.draft_mark": "DRAFT",
        "document.page": "Page {page} of {pages}",
        "document.annex": "Annex {number}",
        "document.preamble": "Preamble",
        "document.bilingual": "In case of doubt, the {language} wording counts.",
        "language.de": "German",
        "language.en": "English",
        "heading.parties": "Parties",
        "heading.signatures": "Signatures",
        "notice.draft": "For discussion. It binds nobody until both sides have signed.",
        "notice.missing": "Words are still missing at the marked places.",
        "signature.signature": "Signature",
        "signature.place_date": "Place, date",
        "signature.name_position": "Name and position",
    },
    "de": {
        "document.draft_mark": "ENTWURF",
        "document.page": "Seite {page} von {pages}",
        "document.annex": "Anlage {number}",
        "document.preamble": "Präambel",
        "document.bilingual": "Im Zweifel gilt die Fassung auf {language}.",
        "language.de": "Deutsch",
        "language.en": "Englisch",
        "heading.parties": "Beteiligte",
        "heading.signatures": "Unterschriften",
        "notice.draft": "Zur Besprechung. Er bindet niemanden, solange nicht beide Seiten unterschrieben haben.",
        "notice.missing": "An den markierten Stellen fehlen noch Worte.",
        "signature.signature": "Unterschrift",
        "signature.place_date": "Ort, Datum",
        "signature.name_position": "Name und Funktion",
    },
}

_CLAUSES: list[tuple[str, list[list[Run]], str, list[list[Run]]]] = [
    (
        "Purpose",
        [
            [Run("Both sides want learners to repair what their neighbours would throw away, and to learn by it.")],
            [Run("The work belongs to the lessons of "), Run("class and subject", missing=True), Run(".")],
        ],
        "Zweck",
        [
            [Run("Beide Seiten möchten, dass Lernende reparieren, was ihre Nachbarschaft sonst wegwirft.")],
            [Run("Die Arbeit gehört zum Unterricht von "), Run("Klasse und Fach", missing=True), Run(".")],
        ],
    ),
    (
        "Who does what",
        [[Run("The tasks are shared as the table says. Whoever leads a task tells the other side in good time.")]],
        "Wer macht was",
        [[Run("Die Aufgaben sind verteilt, wie die Tabelle es zeigt. Wer eine Aufgabe führt, meldet sich früh.")]],
    ),
    (
        "School calendar",
        [
            [Run("Sessions take place in teaching weeks only, never in an assessment period.")],
            [Run("A session is moved or cancelled at least 14 days before. What is moved for reasons that nobody could "
                 "foresee, such as illness or a storm, is made up for within the same term wherever a room is free.")],
            [Run("The school confirms its calendar each year by 1 September.")],
        ],
        "Schulkalender",
        [
            [Run("Termine liegen nur in Unterrichtswochen, nie in einer Prüfungszeit.")],
            [Run("Ein Termin wird mindestens 14 Tage vorher verlegt oder abgesagt. Was aus unvorhersehbaren Gründen "
                 "wie Krankheit oder Sturm verlegt wird, wird im selben Halbjahr nachgeholt, wenn es geht.")],
            [Run("Die Schule bestätigt ihren Kalender jedes Jahr bis zum 1. September.")],
        ],
    ),
]  # fmt: skip

_TABLES = {
    "en": Table(
        caption="Tasks of both sides",
        head=["Task", "Organisation", "School", "By when"],
        rows=[
            ["Facilitation of the sessions", "leads", "supports", "weekly"],
            ["Reports to the funder", "leads", "is informed", "31 July 2027"],
            ["Rooms, tools and supervision", "supports", "leads", [Run("date", missing=True)]],
        ],
        widths=[4, 2, 2, 2],
    ),
    "de": Table(
        caption="Aufgaben beider Seiten",
        head=["Aufgabe", "Organisation", "Schule", "Bis wann"],
        rows=[
            ["Leitung der Termine", "führt", "unterstützt", "wöchentlich"],
            ["Berichte an die Förderstelle", "führt", "wird informiert", "31. Juli 2027"],
            ["Räume, Werkzeug und Aufsicht", "unterstützt", "führt", [Run("Datum", missing=True)]],
        ],
        widths=[4, 2, 2, 2],
    ),
}

_GOALS = {
    "en": Annex(
        title="Shared goals",
        paragraphs=[[Run("Each goal serves both sides and is measured.")]],
        tables=[
            Table(
                caption="Goals and their measures",
                head=["No.", "Goal", "Target"],
                rows=[
                    ["1", "Learners diagnose and repair household devices for people nearby.", "60"],
                    ["2", "Learners know what a civil society organisation does.", "80 %"],
                ],
                widths=[1, 8, 2],
                right=frozenset({2}),
            )
        ],
    ),
    "de": Annex(
        title="Gemeinsame Ziele",
        paragraphs=[[Run("Jedes Ziel dient beiden Seiten und wird gemessen.")]],
        tables=[
            Table(
                caption="Ziele und ihre Messung",
                head=["Nr.", "Ziel", "Zielwert"],
                rows=[
                    ["1", "Lernende untersuchen und reparieren Haushaltsgeräte für Menschen in der Nähe.", "60"],
                    ["2", "Lernende wissen, was eine zivilgesellschaftliche Organisation tut.", "80 %"],
                ],
                widths=[1, 8, 2],
                right=frozenset({2}),
            )
        ],
    ),
}


def clause_id(number: int) -> UUID:
    """The id of a sample clause."""
    return UUID(int=0xC0C1_0000_0000_4000_8000_0000_0000_0000 + number)


def agreement(language: str = "en", *, draft: bool = True) -> AgreementText:
    """A small agreement: three clauses, a table, an annex, two signatures."""
    german = language == "de"
    sections = [
        ClauseText(
            id=clause_id(number),
            number=number,
            title=title_de if german else title_en,
            paragraphs=content_de if german else content_en,
            state_label=("im Gespräch" if german else "under discussion") if number == 2 else "",
            tables=[_TABLES[language]] if number == 2 else [],
        )
        for number, (title_en, content_en, title_de, content_de) in enumerate(_CLAUSES, 1)
    ]
    return AgreementText(
        title="Repair café in the school workshop" if not german else "Repair-Café in der Schulwerkstatt",
        kind_label="Absichtserklärung" if german else "Memorandum of understanding",
        subtitle="Schuljahr 2026/27" if german else "School year 2026/27",
        language=language,
        words=WORDS[language],
        parties=[
            Party("Reparatur & Nachbarschaft e. V.", ["Hafenstraße 12, 24103 Kiel",
                  "vertreten durch Ayşe Yıldız" if german else "represented by Ayşe Yıldız",
                  "im Folgenden „die Organisation“" if german else "hereafter “the organisation”"]),
            Party("Regionales Berufsbildungszentrum Technik", ["Gaardener Ring 3, 24143 Kiel",
                  "vertreten durch Dr. Jürgen Weiß" if german else "represented by Dr Jürgen Weiß",
                  "im Folgenden „die Schule“" if german else "hereafter “the school”"]),
        ],
        preamble=[[Run("Wer repariert, lernt." if german else "Whoever repairs, learns.")]],
        sections=sections,
        annexes=[_GOALS[language]],
        signatures=[
            SignatureBlock(side_label="Für die Organisation" if german else "For the organisation",
                           name="Ayşe Yıldız", position="Vorsitzende" if german else "Chair"),
            SignatureBlock(side_label="Für die Schule" if german else "For the school",
                           place_date="Kiel, 3. 9. 2026" if german else "Kiel, 3 September 2026"),
        ],
        draft=draft,
        notice="Diese Vorlage ersetzt keine Rechtsberatung." if german
        else "This text was made from a template and does not replace legal advice.",
        footer="Reparatur & Nachbarschaft e. V. · RBZ Technik",
        agreement_id=UUID(int=0xA9_0000_0000_4000_8000_0000_0000_0001),
        version=3,
    )  # fmt: skip


def long_agreement(language: str = "en", *, clauses: int = 30, draft: bool = True) -> AgreementText:
    """About twelve pages: many clauses of three paragraphs, some with a table, and an annex of forty rows."""
    small = agreement(language, draft=draft)
    words = "Each side names one contact person, answers within five working days and says early what it cannot do. "
    sections = [
        ClauseText(
            id=clause_id(number),
            number=number,
            title=f"Matter {number}",
            paragraphs=[[Run(words * 2), Run("name", missing=True), Run(words)] for _ in range(3)],
            tables=[_TABLES[language]] if number % 6 == 0 else [],
        )
        for number in range(1, clauses + 1)
    ]
    rows = [[str(number), f"Session {number} in the workshop", "2 h"] for number in range(1, 41)]
    plan = Annex(
        title="Plan", tables=[Table(caption="Sessions", head=["No.", "What", "Time"], rows=rows, widths=[1, 6, 2])]
    )
    return replace(small, sections=sections, annexes=[*small.annexes, plan])


def agenda() -> SimpleDocument:
    """A meeting agenda with every kind of block."""
    return SimpleDocument(
        title="First meeting with the school",
        kind_label="Agenda",
        subtitle="Thursday, 14 May 2026, 14:00",
        language="en",
        words=WORDS["en"],
        letterhead=["Reparatur & Nachbarschaft e. V.", "Hafenstraße 12, 24103 Kiel"],
        blocks=[
            "Please bring the school calendar of next year.",
            Heading("Agenda"),
            Items(["Welcome and introductions", "What each side would like to reach", "Next steps"], ordered=True),
            Heading("Questions for the meeting"),
            Items(["Who decides about extra lessons?", [Run("Is there a "), Run("kind of insurance", missing=True)]]),
            Items(["Again from one", "and two"], ordered=True),
            Heading("Hours so far", 2),
            Table(caption="Hours by role", head=["Role", "Hours"], rows=[["Mentor", "12"], ["Staff", "4"]],
                  widths=[3, 1], right=frozenset({1})),
            WritingLines(3, "Decisions:"),
            Note("Written by hand is fine."),
        ],
    )  # fmt: skip

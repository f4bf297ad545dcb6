"""The negotiation round trip: an agreement leaves as DOCX, is edited elsewhere, comes back, and is read by clauses.

    from cocivic_desktop.documents.returned.model import …            # plain data, imports nothing heavy
    from cocivic_desktop.documents.returned.reader import identify, read_returned, sent_version

- `identify(data) -> Identity`: which agreement and version a file says it is of. Choose the frozen version by it.
- `sent_version(content) -> SentVersion`: the structure of a frozen version, read from its bytes
  (`AgreementVersion.content`).
- `read_returned(data, sent, *, any_version=False) -> Returned`: what came back. Runs in a process of its own with
  bounds on time and memory; call it off the GUI thread.
- All raise `hostile.RefusedFile` (a `BadInput`) with `code: Refusal` and `parameters`: NOT_DOCX(kind), EMPTY, DAMAGED,
  ENCRYPTED, TOO_BIG(limit), TOO_MANY_MEMBERS(limit), ZIP_BOMB, DANGEROUS_XML, TOO_SLOW, OTHER_AGREEMENT,
  OTHER_VERSION(number, expected; not raised with `any_version`).
- `Returned.parts`: one `ReturnedPart` per part of the sent version (front, parties, preamble, clauses, signatures,
  notice, annexes, header, footer), and added clauses at their place. `part.changes` can be taken or refused one by
  one; `part.comments`; `part.fate` KEPT, DELETED or ADDED; `part.moved`. `Returned.unmapped`: what belongs nowhere.
- `Change`: `kind`, `language` (index into `sent.languages`), `index` (paragraph or row), `table`, `column`, `before`,
  `after`, `runs` (equal, inserted, deleted; author and date where tracked), `author`, `date`, `tracked`, `answers`.
- `model.taken(returned, part, language, chosen)`: a part's paragraphs with some changes taken, the others refused.
- `redline.redline_docx(old, new, author=…, date=…)`: two exports as one DOCX with tracked changes.
- `domain.rules.clause_compare.compare_clauses(old, new)`: two versions for the screen, word by word.
"""

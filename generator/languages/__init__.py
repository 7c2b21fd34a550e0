"""The words of each language: one data file a language, `<tag>.yaml`, read into a frozen record.

`language(tag)` returns one; `all_languages()` and `together(section)` return all, for texts that may be in any language. What a
file does not contain is unknown.
Dates, numbers, plural forms and names of units and currencies are not here: they come from CLDR (`locales`) and ICU.
"""

from generator.languages.language_files import (
    LanguageFileError,
    all_languages,
    any_of,
    language,
    own_labels,
    primary,
    together,
)
from generator.languages.language_record import (
    Alphabet,
    Amounts,
    Language,
    LoadedVerb,
    Locators,
    NameWords,
    Numbering,
    Reporting,
    Searching,
    Transcripts,
    VagueAttributions,
    Wording,
)

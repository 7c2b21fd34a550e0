"""Mistakes in the fields of a file: each is one problem, where it was made, in words that help."""

# ruff: noqa: E501 - one mistake, one line
from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.mistaken import cases, mistaken

TABLE = r"""
brief ¦ status: draft ¦ \u00a0status: draft ¦ 4:1 unknown-key ¦ unknown key '\u00a0status' ¦ did you mean 'status'? Character 1 here is NO-BREAK SPACE (U+00A0)
brief ¦ status: draft ¦ status\u00a0: draft ¦ 4:1 unknown-key ¦ unknown key 'status\u00a0' ¦ did you mean 'status'? Character 7 here is NO-BREAK SPACE (U+00A0)
brief ¦ status: draft ¦ st\u0430tus: draft ¦ 4:1 unknown-key ¦ unknown key 'st\u0430tus' ¦ did you mean 'status'? Character 3 here is CYRILLIC SMALL LETTER A (U+0430)
brief ¦ experts: [ann, ben] ¦ experts: ann, ben ¦ 5:10 wrong-type ¦ 'experts' has to be a list, not 'ann, ben' ¦ write `experts: [ann, ben]`
brief ¦ cite: "@talk, p. 2" ¦ cite: 5 ¦ 13:11 bad-citation ¦ “5” has no @key ¦ a citation begins with its key: @key, p. 3
brief ¦ cite: "@talk, p. 2" ¦ cite: talk, p. 2 ¦ 13:11 bad-citation ¦ “talk, p. 2” has no @key ¦ a citation begins with its key: @key, p. 3
brief ¦ para. 5 ¦ paar. 5 ¦ 27:23 unknown-locator ¦ “paar.” is not the label of a locator ¦ did you mean “para.”?
brief ¦ para. 5 ¦ paar 5 ¦ 27:23 unknown-locator ¦ “paar” is not the label of a locator ¦ did you mean “para.”?
brief ¦ status: draft ¦ status: draft⏎preset: breifing ¦ 5:9 preset-unknown ¦ no preset is called 'breifing' ¦ did you mean 'briefing'?
brief ¦ title: Do controls work? ¦ title: “Do controls work?” ¦ 1:8 quote-uncited ¦ words in quotation marks have no citation in their sentence ¦ cite their source, or mark a term with {.scare}; a title may quote what the brief cites elsewhere
brief ¦   - Controls are disputed. ¦   – Controls are disputed. ¦ 9:3 wrong-type ¦ 'key_points' has to be a list, not '– Controls are disputed.' ¦ begin each item with a hyphen and a space, `- `, not with EN DASH
brief ¦   - Controls are disputed. ¦   • Controls are disputed. ¦ 9:3 wrong-type ¦ 'key_points' has to be a list, not '• Controls are disputed.' ¦ begin each item with a hyphen and a space, `- `, not with BULLET
brief ¦   - Controls are disputed. ¦   -Controls are disputed. ¦ 9:3 wrong-type ¦ 'key_points' has to be a list, not '-Controls are disputed.' ¦ put a space after the hyphen of each item: `- `
brief ¦   - Controls are disputed. ¦   • Controls are disputed: it seems. ¦ 9:3 wrong-type ¦ 'key_points' has to be a list, not a mapping ¦ begin each item with `- `
brief ¦ status: draft ¦ Status: draft ¦ 4:1 unknown-key ¦ unknown key 'Status' ¦ did you mean 'status'?
brief ¦ status: draft ¦ status: Draft ¦ 4:9 bad-value ¦ 'Draft' is not a value of 'status' ¦ did you mean 'draft'?
brief ¦ status: draft ¦ status: final ¦ 4:9 bad-value ¦ 'final' is not a value of 'status' ¦ known: draft, published, withdrawn
brief ¦ date: 2025-02-14 ¦ date: 14 February 2025 ¦ 3:7 bad-date ¦ “14 February 2025” is not a date ¦ write 2025, 2025-02 or 2025-02-14
brief ¦ date: 2025-02-14 ¦ date: 14.02.2025 ¦ 3:7 bad-date ¦ “14.02.2025” is not a date ¦ write 2025, 2025-02 or 2025-02-14
brief ¦ date: 2025-02-14 ¦ date: 2025/02/14 ¦ 3:7 bad-date ¦ “2025/02/14” is not a date ¦ write 2025-02-14
brief ¦ date: 2025-02-14 ¦ date: 2025-2-14 ¦ 3:7 bad-date ¦ “2025-2-14” is not a date ¦ write 2025-02-14
brief ¦ date: 2025-02-14 ¦ date: 2025–02–14 ¦ 3:7 bad-date ¦ “2025–02–14” is not a date ¦ – is an en dash: write -
brief ¦ date: 2025-02-14 ¦ date: 2025-02-30 ¦ 3:7 bad-date ¦ there is no day 30 in 2025-02 ¦ it has 28 days
brief ¦ date: 2025-02-14 ¦ date: 45702 ¦ 3:7 bad-date ¦ “45702” is not a date ¦ write 2025, 2025-02 or 2025-02-14
brief ¦ date: 2025-02-14 ¦ date: 02/14/2025 ¦ 3:7 bad-date ¦ “02/14/2025” is not a date ¦ write 2025, 2025-02 or 2025-02-14
brief ¦ date: 2025-02-14 ¦ date: 2025-02-14T10:00:00Z ¦ 3:7 bad-date ¦ “2025-02-14T10:00:00Z” is not a date ¦ write 2025, 2025-02 or 2025-02-14
brief ¦ date: 2025-02-14 ¦ date: today ¦ 3:7 bad-date ¦ “today” is not a date ¦ write 2025, 2025-02 or 2025-02-14
brief ¦         gap: no-position-found⏎ ¦         gap: no-position-found⏎        stance: They work⏎        says: They work.⏎        cite: "@talk"⏎ ¦ 31:9 unknown-key ¦ a record with `gap` cannot have `stance`, `says`, `cite` ¦ remove `gap`, or `stance`, `says`, `cite`
brief ¦ scale: [They backfire, Mixed, They work] ¦ scale: [Mixed, Mixed, They work] ¦ 22:12 scale-repeated ¦ the scale of “work” has the label “Mixed” 2 times ¦ give each label other words, or remove one
brief ¦ status: draft ¦ status: draft⏎edition: 2 ¦ 5:10 edition-unexplained ¦ edition 2 does not say what it updates ¦ describe the changes and their reason in `updates`
brief ¦ status: draft ¦ status: draft⏎grid: true ¦ 5:7 grid-small ¦ `grid` has no effect: the brief has 2 experts and 1 question ¦ remove `grid`
brief ¦ limits: | ¦ voices: [{id: chair, who: chair, says: It works., cite: "@talk"}]⏎limits: | ¦ 37:27 unknown-expert ¦ unknown expert “chair” ¦ add the person to experts.yaml; known: ann, ben
brief ¦ no-position-found⏎        searched: five press reports⏎        until: 2025-02-14 ¦ no-position-found ¦ 30:14 gap-unsearched ¦ the search for ben's position is not described ¦ add `searched` and `until`
brief ¦ gap: no-position-found⏎        searched: five press reports⏎ ¦ gap: nothing⏎ ¦ 30:14 bad-value ¦ 'nothing' is not a value of 'gap' ¦ known: declined, no-position-found, not-asked, withdrawn
brief ¦ status: draft ¦ status: draft⏎order_reason: As they spoke. ¦ 5:15 not-printed ¦ `order_reason` is printed only with `order: as-given` ¦ add `order: as-given`, or remove it
brief ¦ gap: no-position-found ¦ gap: declined ¦ 31:19 not-printed ¦ `searched` and `until` are printed only with `gap: no-position-found` ¦ write it in `note`, which is printed with every reason
brief ¦     claim: T ¦     headline: cheap⏎    claim: T ¦ 12:15 not-printed ¦ `headline` is printed only with `key: true` ¦ add `key: true`, or remove it
brief ¦     event: C ¦     short: Wider⏎    event: C ¦ 35:12 not-printed ¦ `short` is printed only in the picture of the timeline: it shows 4 to 24 events ¦ remove it; `event` is printed
brief ¦     event: C ¦     short: Wider⏎    reported: true⏎    event: C ¦ 35:12 not-printed ¦ `short` is printed only in the picture of the timeline: it does not show `reported` events ¦ remove it; `event` is printed
brief ¦ status: draft ¦ status: draft⏎silence: {vague-atribution: So.} ¦ 5:11 silence-unused ¦ unused suppression: there is no “vague-atribution” here ¦ did you mean 'vague-attribution'?
house ¦ series: Briefing ¦ colours: {deep: #12284a}   # the colours ¦ 3:10 bad-yaml ¦ this bracket is never closed, because the # begins a comment ¦ write ids without the #; put text with a # in quotes
brief ¦ status: draft ¦ status: draft⏎<<: {edition: 2} ¦ 5:1 unknown-key ¦ unknown key '<<' ¦ fact files have no merge keys: write the fields out
brief ¦ status: draft ¦ status: draft⏎related: [{title: X, url: www.example.org}] ¦ 5:27 bad-url ¦ 'www.example.org' is not a web address ¦ write the whole address, beginning with https://, or one relative to `site`
brief ¦ title: Do controls work? ¦ title: "Do \vast controls work?" ¦ 1:8 invisible-character ¦ an escape with \ means the invisible character control character (U+000B) ¦ in double quotation marks, \ begins an escape: write \\ for a backslash
brief ¦     says: They ¦     Says: They ¦ 26:9 unknown-key ¦ unknown key 'Says' ¦ did you mean 'says'?
brief ¦ key_points:⏎  - C ¦ key_points: C ¦ 8:13 wrong-type ¦ 'key_points' has to be a list, not 'Controls are disputed.' ¦ write each item on a line of its own, after `- `
brief ¦ key_points:⏎  - C ¦ key-points:⏎  - C ¦ 8:1 unknown-key ¦ unknown key 'key-points' ¦ did you mean 'key_points'?
brief ¦ key_points:⏎  - C ¦ keypoints:⏎  - C ¦ 8:1 unknown-key ¦ unknown key 'keypoints' ¦ did you mean 'key_points'?
brief ¦ key_points:⏎  - C ¦ Key points:⏎  - C ¦ 8:1 unknown-key ¦ unknown key 'Key points' ¦ did you mean 'key_points'?
brief ¦ facts:⏎  - id ¦ facts:⏎    id ¦ 11:5 wrong-type ¦ 'facts' has to be a list, not a mapping ¦ begin each item with `- id: ...`
brief ¦   - id: cost⏎ ¦   cost:⏎ ¦ 11:3 wrong-type ¦ 'facts' has to be a list, not a mapping ¦ begin each item with `- id: ...`
brief ¦ id: cost ¦ id: Cost ¦ 11:9 bad-value ¦ 'Cost' cannot be an id ¦ write `cost`; ids have lower-case letters, digits and single hyphens, and begin with a letter
brief ¦ id: cost ¦ id: training cost ¦ 11:9 bad-value ¦ 'training cost' cannot be an id ¦ write `training-cost`; ids have lower-case letters, digits and single hyphens, and begin with a letter
brief ¦ id: cost ¦ id: 2025-cost ¦ 11:9 bad-value ¦ '2025-cost' cannot be an id ¦ write `cost`; ids have lower-case letters, digits and single hyphens, and begin with a letter
brief ¦ id: cost ¦ name: cost ¦ 11:5 unknown-key ¦ unknown key 'name' ¦ did you mean 'id', which is missing?
brief ¦   - id: cost⏎    claim ¦   - claim ¦ 11:5 missing-field ¦ 'id' is missing ¦ add `id:`
brief ¦ experts: [ann, ben] ¦ experts: [ann ben] ¦ 5:11 unknown-expert ¦ unknown expert “ann ben” ¦ write a comma between two ids: `ann, ben`
brief ¦ experts: [ann, ben] ¦ experts: ann ¦ 5:10 wrong-type ¦ 'experts' has to be a list, not 'ann' ¦ write `experts: [ann]`
brief ¦ experts: [ann, ben] ¦ experts: [Ann Example, ben] ¦ 5:11 unknown-expert ¦ unknown expert “Ann Example” ¦ write `ann`, the id of Ann Example in experts.yaml
brief ¦ experts: [ann, ben] ¦ experts: [ann; ben] ¦ 5:11 unknown-expert ¦ unknown expert “ann; ben” ¦ write a comma between two ids: `ann, ben`
brief ¦ experts: [ann, ben] ¦ experts: (ann, ben) ¦ 5:10 wrong-type ¦ 'experts' has to be a list, not '(ann, ben)' ¦ write `experts: [ann, ben]`
brief ¦ experts: [ann, ben] ¦ experts:⏎  ann⏎  ben ¦ 6:3 wrong-type ¦ 'experts' has to be a list, not 'ann ben' ¦ write `experts: [ann, ben]`
brief ¦ experts: [ann, ben] ¦ experts:⏎  - ann,⏎  - ben ¦ 6:5 unknown-expert ¦ unknown expert “ann,” ¦ did you mean 'ann'?
brief ¦ experts: [ann, ben] ¦ expert: [ann, ben] ¦ 5:1 unknown-key ¦ unknown key 'expert' ¦ did you mean 'experts'?
brief ¦ experts: [ann, ben] ¦ experts: {ann, ben} ¦ 5:10 wrong-type ¦ 'experts' has to be a list, not a mapping ¦ begin each item with `- `
brief ¦ experts: [ann, ben] ¦ experts: [ann, bne] ¦ 5:16 unknown-expert ¦ unknown expert “bne” ¦ did you mean 'ben'?
brief ¦ experts: [ann, ben] ¦ experts: [ann, ben, ann] ¦ 5:21 expert-twice ¦ “ann” already has a column ¦ remove one of them
brief ¦ amount: 5.6 million ¦ amount: 5,6 million ¦ 15:17 bad-amount ¦ “5,6 million” is not an amount ¦ write a number as in “5.6 million” or “1,300”
brief ¦ - amount: 5.6 million⏎        unit: USD⏎        by: Example Lab⏎        cite: "@talk, p. 3" ¦ - {amount: 5,6 million, unit: USD, by: Example Lab, cite: "@talk, p. 3"} ¦ 15:20 unknown-key ¦ '6 million' is not a key, and has no value ¦ in braces a comma ends a value: put a value that contains a comma in quotes
brief ¦ - amount: 5.6 million⏎        unit: USD⏎        by: Example Lab⏎        cite: "@talk, p. 3" ¦ - {amount: 2,000,000, unit: USD, by: Example Lab, cite: "@talk, p. 3"} ¦ 15:20 unknown-key ¦ '000' is not a key, and has no value ¦ in braces a comma ends a value: put a value that contains a comma in quotes
brief ¦ amount: 5.6 million ¦ amount: =SUM(A1:A3) ¦ 15:17 bad-amount ¦ “=SUM(A1:A3)” is not an amount ¦ write a number as in “5.6 million” or “1,300”
brief ¦ amount: 5.6 million ¦ amount: 1.300.000 ¦ 15:17 bad-amount ¦ “1.300.000” is not an amount ¦ write a number as in “5.6 million” or “1,300”
brief ¦ amount: 5.6 million ¦ amount: n/a ¦ 15:17 bad-amount ¦ “n/a” is not an amount ¦ write a number as in “5.6 million” or “1,300”
brief ¦ amount: 5.6 million ¦ amount: 5% ¦ 15:17 bad-amount ¦ “5%” is in %, but its `unit` is USD ¦ write the number alone, or correct the unit
brief ¦ amount: 5.6 million ¦ amount: (5.6) ¦ 15:17 bad-amount ¦ “(5.6)” is not an amount ¦ write a number as in “5.6 million” or “1,300”
brief ¦ amount: 5.6 million ¦ amount: [5, 6] ¦ 15:17 wrong-type ¦ 'amount' has to be text, not a list ¦ remove the brackets; if they belong to the text, put the whole text in quotes
brief ¦ number: 2025-01 ¦ +number: 2025-01 ¦ 2:1 unknown-key ¦ unknown key '+number' ¦ did you mean 'number'?
sources ¦ references:⏎ ¦  ¦ 1:3 wrong-type ¦ the file has to consist of keys and values, not of a list ¦ begin it with `references:`
brief ¦ title: Do controls work?⏎ ¦  ¦ 1:1 missing-field ¦ 'title' is missing ¦ add `title:`
brief ¦ title: Do controls work? ¦ titel: Do controls work? ¦ 1:1 unknown-key ¦ unknown key 'titel' ¦ did you mean 'title'?
brief ¦ title: Do controls work? ¦ title: ¦ 1:1 wrong-type ¦ 'title' has no value ¦ give it a value
brief ¦ title: Do controls work? ¦ title: '' ¦ 1:1 wrong-type ¦ 'title' has no value ¦ give it a value
brief ¦ title: Do controls work? ¦ title: [Do controls work?] ¦ 1:8 wrong-type ¦ 'title' has to be text, not a list ¦ remove the brackets; if they belong to the text, put the whole text in quotes
brief ¦ title: Do controls work? ¦ title: Do "controls" work? ¦ 1:11 quote-uncited ¦ words in quotation marks have no citation in their sentence ¦ cite their source, or mark a term with {.scare}; a title may quote what the brief cites elsewhere
brief ¦         stance: Mixed ¦         stance: mixed ¦ 25:17 unknown-stance ¦ 'mixed' is not on this question's scale ¦ did you mean 'Mixed'?
brief ¦         stance: Mixed ¦         stance: Mixd ¦ 25:17 unknown-stance ¦ 'Mixd' is not on this question's scale ¦ did you mean 'Mixed'?
brief ¦         stance: Mixed ¦         stance: [Mixed] ¦ 25:17 wrong-type ¦ 'stance' has to be text, not a list ¦ remove the brackets; if they belong to the text, put the whole text in quotes
brief ¦         stance: Mixed⏎ ¦  ¦ 24:7 missing-stance ¦ this position has no stance ¦ add `stance:` with one of: They backfire, Mixed, They work
brief ¦         stance: Mixed ¦         stance: 2 ¦ 25:17 unknown-stance ¦ '2' is not on this question's scale ¦ known: Mixed, They backfire, They work
brief ¦     scale: [They backfire, Mixed, They work]⏎ ¦  ¦ 20:5 missing-field ¦ 'scale' is missing ¦ add `scale:`
brief ¦ scale: [They backfire, Mixed, They work] ¦ scale: They backfire, Mixed, They work ¦ 22:12 wrong-type ¦ 'scale' has to be a list, not text ¦ write each item on a line of its own, after `- `
brief ¦ scale: [They backfire, Mixed, They work] ¦ scale: [They backfire Mixed They work] ¦ 22:12 scale-missing ¦ “work” has no scale of at least two labels ¦ write at least two labels, with commas between them: `scale: [..., ...]`
brief ¦ scale: [They backfire, Mixed, They work] ¦ scales: [They backfire, Mixed, They work] ¦ 22:5 unknown-key ¦ unknown key 'scales' ¦ did you mean 'scale'?
brief ¦ scale: [They backfire, Mixed, They work] ¦ scale:⏎      They backfire: 1⏎      Mixed: 2 ¦ 23:7 wrong-type ¦ 'scale' has to be a list, not a mapping ¦ begin each item with `- `
brief ¦     positions: ¦     position: ¦ 23:5 unknown-key ¦ unknown key 'position' ¦ did you mean 'positions'?
brief ¦       ann:⏎ ¦       anne:⏎ ¦ 24:7 unknown-expert ¦ unknown expert “anne” ¦ did you mean 'ann'?
brief ¦       ann:⏎ ¦       Ann Example:⏎ ¦ 24:7 unknown-expert ¦ unknown expert “Ann Example” ¦ write `ann`, the id of Ann Example in experts.yaml
brief ¦         gap: no-position-found ¦         gap: none ¦ 30:14 bad-value ¦ 'none' is not a value of 'gap' ¦ known: declined, no-position-found, not-asked, withdrawn
brief ¦         gap: no-position-found ¦         gap: ¦ 30:9 wrong-type ¦ 'gap' has no value ¦ give it a value
brief ¦         gap: no-position-found⏎        searched: five press reports⏎        until: 2025-02-14 ¦         gap ¦ 30:9 wrong-type ¦ 'ben' has to be a mapping of keys to values, not 'gap' ¦ write its fields as `key: value`, indented below
brief ¦         cite: "@talk, para. 5"⏎ ¦  ¦ 25:9 uncited ¦ the statement of “ann” has no citation ¦ add `cite`
brief ¦         cite: "@talk, para. 5" ¦         cit: "@talk, para. 5" ¦ 27:9 unknown-key ¦ unknown key 'cit' ¦ did you mean 'cite'?
brief ¦         says: They slow China down. ¦         say: They slow China down. ¦ 26:9 unknown-key ¦ unknown key 'say' ¦ did you mean 'says'?
brief ¦         says: They slow China down. ¦         says: [They slow China down.] ¦ 26:15 wrong-type ¦ 'says' has to be text, not a list ¦ remove the brackets; if they belong to the text, put the whole text in quotes
brief ¦ rests_on: [cost] ¦ rests_on: cost ¦ 28:19 wrong-type ¦ 'rests_on' has to be a list, not 'cost' ¦ write `rests_on: [cost]`
brief ¦ rests_on: [cost] ¦ rests_on: [costs] ¦ 28:20 unknown-fact ¦ unknown fact “costs” ¦ did you mean 'cost'?
brief ¦ rests_on: [cost] ¦ rests_on: ['#cost'] ¦ 28:20 unknown-fact ¦ unknown fact “#cost” ¦ did you mean 'cost'?
brief ¦ rests_on: [cost] ¦ rests-on: [cost] ¦ 28:9 unknown-key ¦ unknown key 'rests-on' ¦ did you mean 'rests_on'?
brief ¦ cite: "@talk, p. 2" ¦ cite: "@tlak, p. 2" ¦ 13:12 unknown-source ¦ unknown source “@tlak” ¦ did you mean 'talk'?
brief ¦ cite: "@talk, p. 2" ¦ cite: "talk" ¦ 13:12 bad-citation ¦ “talk” has no @key ¦ write @talk
brief ¦ cite: "@talk, p. 2" ¦ cite: ["@talk", "@press"] ¦ 13:11 wrong-type ¦ 'cite' has to be text, not a list ¦ write "@talk; @press"
brief ¦ cite: "@talk, p. 2" ¦ cite: "@ talk, p. 2" ¦ 13:12 bad-citation ¦ there is no readable key in “@ talk, p. 2” ¦ write the key directly after the @: @key, or @{any key}
brief ¦ cite: "@talk, p. 2" ¦ cite: "@talk, pgae 2" ¦ 13:19 unknown-locator ¦ “pgae” is not the label of a locator ¦ did you mean “p.”?
brief ¦ cite: "@talk, p. 2" ¦ cite: https://example.org ¦ 13:11 bad-citation ¦ “https://example.org” has no @key ¦ add the page to sources.yaml, and cite its id: @key
brief ¦ cite: "@talk, p. 2" ¦ cite:⏎      source: talk⏎      page: 2 ¦ 14:7 wrong-type ¦ 'cite' has to be text, not a mapping ¦ write one text; put it in quotes if it contains a colon
brief ¦ cite: "@talk, p. 2" ¦ cite: "@Talk, p. 2" ¦ 13:12 unknown-source ¦ unknown source “@Talk” ¦ did you mean 'talk'?
brief ¦ cite: "@talk, p. 2" ¦ cite: "@talk, @press" ¦ 13:19 bad-citation ¦ two citations without a semicolon between them ¦ write `;` before it
brief ¦   - id: work ¦   - ID: work ¦ 20:5 unknown-key ¦ unknown key 'ID' ¦ did you mean 'id'?
brief ¦     ask: Do ¦     question: Do ¦ 21:5 unknown-key ¦ unknown key 'question' ¦ did you mean 'ask', which is missing?
brief ¦     event: Controls are widened. ¦     what: Controls are widened. ¦ 35:5 unknown-key ¦ unknown key 'what' ¦ did you mean 'event', which is missing?
brief ¦ status: draft ¦ status: draft⏎edition: 2.0 ¦ 5:10 wrong-type ¦ 'edition' has to be a whole number, not '2.0' ¦ write digits
brief ¦ status: draft ¦ status: draft⏎edition: two ¦ 5:10 wrong-type ¦ 'edition' has to be a whole number, not 'two' ¦ write digits
brief ¦ status: draft ¦ status: draft⏎authors: Ann Example ¦ 5:10 wrong-type ¦ 'authors' has to be a list, not 'Ann Example' ¦ write each item on a line of its own, after `- name: `
brief ¦ status: draft ¦ status: draft⏎language: English ¦ 5:11 unknown-language ¦ 'English' is not a language tag ¦ write a BCP 47 tag such as en-GB or de-AT
brief ¦ status: draft ¦ status: draft⏎language: [en, de] ¦ 5:11 wrong-type ¦ 'language' has to be text, not a list ¦ remove the brackets; if they belong to the text, put the whole text in quotes
brief ¦ status: draft ¦ status: draft⏎language: en_GB ¦ 5:11 unknown-language ¦ 'en_GB' is not a language tag ¦ write en-GB
brief ¦ status: draft ¦ status: draft⏎language: en-UK ¦ 5:11 unknown-language ¦ 'en-UK' is not a language tag ¦ write en-GB
brief ¦ status: draft ¦ status: draft⏎language: en-XY ¦ 5:11 unknown-language ¦ 'en-XY' is not a language tag ¦ write a BCP 47 tag such as en-GB or de-AT
brief ¦ status: draft ¦ status: draft⏎silence: loaded-verb ¦ 5:10 wrong-type ¦ 'silence' has to be a mapping of keys to values, not 'loaded-verb' ¦ write its fields as `key: value`, indented below
brief ¦ status: draft ¦ status: draft⏎silence: {loaded-verb: } ¦ 5:11 wrong-type ¦ 'loaded-verb' has no value ¦ give it a value, or remove it
brief ¦ status: draft ¦ status: draft⏎silence: [loaded-verb] ¦ 5:10 wrong-type ¦ 'silence' has to be a mapping of keys to values, not a list ¦ write the keys without dashes: `key:`, with its content indented below
experts ¦ ann:⏎ ¦ Ann:⏎ ¦ 1:1 bad-value ¦ 'Ann' cannot be an id ¦ write `ann`; ids have lower-case letters, digits and single hyphens, and begin with a letter
experts ¦   name: Ann Example⏎ ¦  ¦ 2:3 missing-field ¦ 'name' is missing ¦ add `name:`
experts ¦   name: Ann Example ¦   Name: Ann Example ¦ 2:3 unknown-key ¦ unknown key 'Name' ¦ did you mean 'name'?
experts ¦ ann:⏎  name: Ann Example ¦ ann: Ann Example⏎x:⏎  name: X ¦ 1:6 wrong-type ¦ 'ann' has to be a mapping of keys to values, not 'Ann Example' ¦ write `name: ...` and its other fields, indented below
experts ¦     - role: professor⏎      organisation: University of Examples ¦     role: professor⏎    organisation: University of Examples ¦ 4:5 wrong-type ¦ 'affiliations' has to be a list, not a mapping ¦ begin each item with `- `
experts ¦   affiliations:⏎    - role: professor⏎      organisation: University of Examples ¦   affiliation: professor ¦ 3:3 unknown-key ¦ unknown key 'affiliation' ¦ did you mean 'affiliations'?
experts ¦   affiliations:⏎    - role: professor⏎      organisation: University of Examples ¦   affiliations: University of Examples ¦ 3:17 wrong-type ¦ 'affiliations' has to be a list, not 'University of Examples' ¦ write each item on a line of its own, after `- `
experts ¦     - role: professor⏎      organisation: University ¦     - role: professor⏎      organization: University ¦ 5:7 unknown-key ¦ unknown key 'organization' ¦ did you mean 'organisation'?
experts ¦       organisation: University of Examples ¦       organisation: University of Examples⏎      from: last year ¦ 6:13 bad-date ¦ “last year” is not a date ¦ write 2025, 2025-02 or 2025-02-14
experts ¦       organisation: University of Examples ¦       organisation: University of Examples⏎      from: 2020⏎      until: 2015-03 ¦ 7:14 bad-date ¦ it ends in 2015-03, before it begins in 2020 ¦ correct `from` or `until`
sources ¦   - id: talk ¦   - key: talk ¦ 2:5 unknown-key ¦ unknown key 'key' ¦ did you mean 'id'?
sources ¦   - id: talk ¦   - id: '@talk' ¦ 2:5 bad-value ¦ the id '@talk' begins with @ ¦ write `id: talk`; only citations have the @
sources ¦     type: speech ¦     type: Speech ¦ 3:11 bad-value ¦ 'Speech' is not a value of 'type' ¦ did you mean 'speech'?
sources ¦     type: speech ¦     type: talk ¦ 3:11 bad-value ¦ 'talk' is not a value of 'type' ¦ `brief schema --markdown` lists the values
sources ¦     type: speech ¦     type: online ¦ 3:11 bad-value ¦ 'online' is not a value of 'type' ¦ did you mean 'webpage'?
sources ¦     type: speech ¦     type: Newspaper ¦ 3:11 bad-value ¦ 'Newspaper' is not a value of 'type' ¦ did you mean 'article-newspaper'?
sources ¦     type: speech⏎ ¦  ¦ 2:5 missing-field ¦ 'type' is missing ¦ add `type:`
sources ¦     author:⏎      - family: Example⏎        given: Ann ¦     author: Ann Example ¦ 5:13 bad-name ¦ 'author' has to be a list of names ¦ write a list: - {family: Example, given: Ann} or - literal: Some Body
sources ¦     author:⏎      - family: Example⏎        given: Ann ¦     author: [Ann Example] ¦ 5:14 bad-name ¦ a name needs `family` or `literal` ¦ write {family: Example, given: Ann} for a person, {literal: Some Body} for a body
sources ¦       - family: Example⏎        given: Ann ¦       - Example, Ann ¦ 6:9 bad-name ¦ a name needs `family` or `literal` ¦ write {family: Example, given: Ann} for a person, {literal: Some Body} for a body
sources ¦       - family: Example⏎        given: Ann ¦       - surname: Example ¦ 6:9 bad-name ¦ a name needs `family` or `literal` ¦ write {family: Example, given: Ann} for a person, {literal: Some Body} for a body
sources ¦     issued: 2024-05-02 ¦     issued: May 2024 ¦ 8:13 bad-date ¦ “May 2024” is not a date ¦ write 2025-01-29, 2025-01 or 2025; `{literal: ...}` for other dates
sources ¦     issued: 2024-05-02 ¦     date: 2024-05-02 ¦ 8:5 unknown-key ¦ unknown key 'date' ¦ did you mean 'issued'?
sources ¦     issued: 2024-05-02 ¦     year: 2024 ¦ 8:5 unknown-key ¦ unknown key 'year' ¦ did you mean 'issued'?
sources ¦ URL: https://www.example.org/report ¦ url: https://www.example.org/report ¦ 13:5 unknown-key ¦ unknown key 'url' ¦ did you mean 'URL'?
sources ¦ URL: https://www.example.org/report ¦ URL: www.example.org/report ¦ 13:10 bad-url ¦ 'www.example.org/report' is not a web address ¦ begin it with https://, and leave out what does not belong to it
sources ¦ URL: https://www.example.org/report ¦ URL: https://www.example.org:a@evil.example/report ¦ 13:10 bad-url ¦ 'https://www.example.org:a@evil.example/report' is not a web address ¦ leave out the “@” and what is before it, because they hide where the address leads
sources ¦ URL: https://www.example.org/report ¦ URL: <https://www.example.org/report> ¦ 13:10 bad-url ¦ '<https://www.example.org/report>' is not a web address ¦ begin it with https://, and leave out what does not belong to it
sources ¦   - id: press ¦   - id: talk ¦ 9:5 duplicate-source ¦ 'talk' occurs twice; the first is in line 2 ¦ rename one of them
sources ¦ references: ¦ refernces: ¦ 1:1 unknown-key ¦ unknown key 'refernces' ¦ did you mean 'references'?
house ¦ preset: briefing ¦ contact: {email: "desk@example.org?bcc=other@evil.example"} ¦ 5:18 bad-url ¦ 'desk@example.org?bcc=other@evil.example' is not an e-mail address ¦ write one address and nothing else, such as desk@example.org
house ¦ preset: briefing ¦ contact: {url: "https://www.example.org@evil.example/"} ¦ 5:16 bad-url ¦ 'https://www.example.org@evil.example/' is not a web address ¦ leave out the “@” and what is before it, because they hide where the address leads
house ¦ name: Example Desk⏎ ¦  ¦ 1:1 missing-field ¦ 'name' is missing ¦ add `name:`
house ¦ language: en-GB ¦ language: english ¦ 2:11 unknown-language ¦ 'english' is not a language tag ¦ write a BCP 47 tag such as en-GB or de-AT
house ¦ preset: briefing ¦ preset: Briefing ¦ 5:9 preset-unknown ¦ no preset is called 'Briefing' ¦ did you mean 'briefing'?
house ¦ preset: briefing ¦ preset: two columns ¦ 5:9 preset-unknown ¦ no preset is called 'two columns' ¦ known: briefing, four-column, in-focus, note, report
house ¦ licence:⏎  name: CC BY 4.0 ¦ licence: CC BY 4.0 ¦ 6:10 wrong-type ¦ 'licence' has to be a mapping of keys to values, not 'CC BY 4.0' ¦ write `name: ...` and its other fields, indented below
house ¦ licence: ¦ license: ¦ 6:1 unknown-key ¦ unknown key 'license' ¦ did you mean 'licence'?
house ¦ preset: briefing ¦ preset: briefing⏎evidence_annex: maybe ¦ 6:17 wrong-type ¦ 'evidence_annex' has to be true or false, not 'maybe' ¦ write `true` or `false`
house ¦ preset: briefing ¦ preset: briefing⏎review_period: 1 year ¦ 6:16 wrong-type ¦ 'review_period' has to be a whole number, not '1 year' ¦ write digits
house ¦ preset: briefing ¦ preset: briefing⏎contact: desk@example.org ¦ 6:10 wrong-type ¦ 'contact' has to be a mapping of keys to values, not 'desk@example.org' ¦ write its fields as `key: value`, indented below
house ¦ preset: briefing ¦ preset: briefing⏎method: See [@nobody]. ¦ 6:14 unknown-source ¦ unknown source “@nobody” ¦ known: press, talk
"""
"""File, right, wrong; place and code, message and hint of the one problem."""


@pytest.mark.parametrize("case", cases(TABLE), ids=lambda case: case[2][:40])
def test_each_mistake_is_one_problem_where_it_was_made(tmp_path: Path, case: tuple[str, ...]) -> None:
    file, right, wrong, *expected = case
    problems = mistaken(tmp_path, file, right, wrong)
    found = [[f"{one.place.line}:{one.place.column} {one.code}", one.message, one.hint or "-"] for one in problems]
    assert found == [expected]

-- Answers one JSON request a line with one JSON line, for as long as standard input is open.
-- Runs inside `pandoc lua`; `citation_processor.py` builds the requests and reads the answers.
--
-- {"do": "cite", "csl": ADDRESS, "lang": TAG, "references": [...], "rich": [FIELD ...],
--  "citation_groups": [[{"id", "mode", "prefix", "locator", "suffix", "inside"} ...] ...]}
--     A citation group without citations is a footnote; those after it whose `inside` is not empty are in that note.
--     -> {"ok": {"citation_groups": [[SENTENCE, NOTE or null] ...], "bibliography": [{"key", "html"} ...]}}
-- {"do": "convert", "from": FORMAT, "to": FORMAT, "text": TEXT}  -> {"ok": TEXT}; without "to" it is CSL-JSON
-- any failure                                      -> {"error": MESSAGE}

local INLINE = 'markdown_strict+all_symbols_escapable+intraword_underscores+smart'
  .. '+bracketed_spans+subscript+superscript-raw_html'
local WRITE = {wrap_text = 'none'}

-- CSL-JSON has a few HTML tags; here are the same marks in Markdown. `%1` is the text between the tags.
local TAGS = {
  {'<i>(.-)</i>', '*%1*'}, {'<b>(.-)</b>', '**%1**'}, {'<sub>(.-)</sub>', '~%1~'}, {'<sup>(.-)</sup>', '^%1^'},
  {'<em>(.-)</em>', '*%1*'}, {'<strong>(.-)</strong>', '**%1**'},
  {'<span class="nocase">(.-)</span>', '[%1]{.nocase}'},
  {'<span style="font%-variant: ?small%-caps;?">(.-)</span>', '[%1]{.smallcaps}'},
  {'<sc>(.-)</sc>', '[%1]{.smallcaps}'},
}

-- Classes that authors may use; others could imitate parts of a bibliography, or of the page itself.
local AUTHORED = {nocase = true, smallcaps = true}
local UNDRESS = {
  Span = function(span)
    local class = span.classes[1]
    return AUTHORED[class] and pandoc.Span(span.content, {class = class}) or span.content
  end,
}

local MARKS = '[][*_`~^"\'<>\\&!]'

-- Reads one line of Markdown. Most text has no marks, and reading it as Markdown would take most of the time. The word before it keeps "1. Title" and "# 5" from becoming a list or a heading.
local function inlines(text)
  if not text or text == '' then return pandoc.Inlines{} end
  text = text:gsub('%s+', ' ')
  for _, tag in ipairs(TAGS) do text = text:gsub(tag[1], tag[2]) end
  if not (text:find(MARKS) or text:find('--', 1, true) or text:find('...', 1, true)) then return pandoc.Inlines(text) end
  local leading, trailing = text:match('^ '), text:match('%S $')
  local marked = pandoc.read('x ' .. text, INLINE).blocks[1].content:walk(UNDRESS)
  marked:remove(1)
  if not leading then marked:remove(1) end
  if trailing then marked:insert(pandoc.Space()) end
  return marked
end

local SAFE = {http = true, https = true, mailto = true}

-- Addresses of the references' DOIs, by the target of pandoc's link, which has the DOI as it is written.
local dois = {}

local function percent(sign) return ('%%%02X'):format(sign:byte()) end

-- A DOI as the path of an address: "#", "?" and "%" belong to it.
local function doi_address(doi)
  return 'https://doi.org/' .. doi:gsub("[^%w/.:;()_~!$&'*+,=@\128-\255-]", percent)
end

-- An address without the characters that none can have (RFC 3986).
local function address(target)
  return dois[target] or (target:gsub('[%z\1-\32"<>\\^`{|}\127]', percent))
end

-- What the HTML writer must not get: raw markup, pictures, addresses that run code, wrappers without a meaning.
local CLEAN = {
  RawInline = function(raw) return pandoc.Str(raw.text) end,
  Image = function(image) return image.caption end,
  Link = function(link)
    local scheme = link.target:match('^(%a[%w+.-]*):')
    if not scheme or not SAFE[scheme:lower()] then return link.content end
    return pandoc.Link(link.content, address(link.target))
  end,
  Span = function(span)
    if #span.classes == 0 or span.classes[1] == 'nocase' then return span.content end
    return pandoc.Span(span.content, {class = span.classes[1] == 'described' and 'described' or table.concat(span.classes, ' ')})
  end,
  Para = function(para) return pandoc.Plain(para.content) end,
  Div = function(div) return div.content end,
}

local QUOTES = {{'“', '”'}, {'‘', '’'}, {'„', '“'}, {'‚', '‘'}, {'«', '»'}, {'»', '«'}, {'„', '”'}, {'”', '”'}, {'’', '’'}, {'"', '"'}, {'「', '」'}, {'《', '》'}}
local SPACES = {'', '\u{a0}', '\u{202f}'}

-- Descriptions without the quotation marks that a style puts around titles.
local function unquoted(text)
  if not text:find('<span class="described">', 1, true) then return text end
  text = text:gsub('<span class="described">(.-)</span>', '\1%1\2')
  for _, pair in ipairs(QUOTES) do
    for _, space in ipairs(SPACES) do
      text = text:gsub(pair[1] .. space .. '\1([^\1\2]*)\2([.,;:]?)' .. space .. pair[2], '%1%2')
    end
  end
  return (text:gsub('[\1\2]', ''))
end

-- Returns the HTML of each piece (a list of blocks). All are written at once, because each call of pandoc takes time.
-- The writer makes blocks of the number and the text of an entry; here they are on one line.
local function html(pieces)
  local all, texts = pandoc.Blocks{}, {}
  for _, piece in ipairs(pieces) do
    all:extend(piece)
    all:insert(pandoc.RawBlock('html', '<!-- -->'))
  end
  local written = pandoc.write(pandoc.Pandoc(all:walk(CLEAN)), 'html', WRITE)
  for text in (written .. '\n'):gmatch('(.-)<!%-%- %-%->\n') do
    texts[#texts + 1] = unquoted(text):gsub('%s+$', '')
      :gsub('<div class="csl%-left%-margin">(.-)%s*</div>', '<span class="csl-left-margin">%1</span> ')
      :gsub('<div class="csl%-right%-inline">(.-)</div>', '<span class="csl-right-inline">%1</span>')
  end
  return texts
end

local function citation(given, number)
  local suffix = pandoc.Inlines(', {' .. given.locator .. '}')
  suffix:extend(inlines(given.suffix))
  return pandoc.Citation(given.id, given.mode, inlines(given.prefix), suffix, number, 0)
end

local function cite(group, number)
  local citations = {}
  for i, given in ipairs(group) do citations[i] = citation(given, number) end
  return pandoc.Cite({}, citations)
end

-- A document of the citation groups, a block for each note; and for each group the numbers of its block and of its paragraph in the
-- note, which is 0 outside footnotes. The word at the head of each paragraph keeps pandoc from taking the note for the citation's own.
local function arranged(groups)
  local texts, notes, where = {}, {}, {}
  for i, group in ipairs(groups) do
    local inside = #group > 0 and group[1].inside ~= ''
    if not inside then texts[#texts + 1] = #group > 0 and cite(group, #texts + 1) or 'x' end
    local note = notes[#texts] or {}
    if #group == 0 then note[1] = pandoc.Para{pandoc.Str 'x'} end
    if inside then note[#note + 1] = pandoc.Para{pandoc.Str 'x', cite(group, #texts)} end
    notes[#texts] = note
    where[i] = {#texts, inside and #note or 0}
  end
  local blocks = {}
  for i, text in ipairs(texts) do blocks[i] = pandoc.Para{text == 'x' and pandoc.Note(notes[i]) or text} end
  return blocks, where
end

-- Text in square brackets describes a source without a title: its letters are not changed, and no style may quote it.
local function described(text)
  if not text:match('^%[[^%[%]]+%]$') then return nil end
  return pandoc.Inlines{pandoc.Span(inlines(text), {class = 'described nocase'})}
end

local function reference(given, rich)
  for _, field in ipairs(rich) do
    -- Typed quotation marks become the style's own, which alternate within a title in quotation marks.
    local text = given[field]
    if type(text) == 'string' then given[field] = pandoc.MetaInlines(described(text) or inlines((text:gsub('“(.-)”', '"%1"')))) end
  end
  return given
end

-- If the author belongs in the sentence and the source has none, pandoc prints nothing; the title replaces the author,
-- marked in a way that fits all languages.
local function titled(sentence, group, titles)
  if #sentence == 0 and group[1].mode == 'AuthorInText' then
    sentence:insert(pandoc.Emph(inlines(titles[group[1].id])))
  end
  return pandoc.Blocks{pandoc.Plain(sentence)}
end

-- Returns the text in the sentence, and the note if the style makes one. Inside a footnote everything is in its sentence.
local function parts(block, paragraph, group, titles)
  if #group == 0 then return pandoc.Blocks{pandoc.Plain{}}, nil end
  local sentence, note = pandoc.Inlines{}, nil
  if paragraph > 0 then
    sentence = block.content[1].content[paragraph].content[2].content
  else
    for _, inline in ipairs(block.content[1].content) do
      if inline.t == 'Note' then note = inline.content else sentence:insert(inline) end
    end
  end
  return titled(sentence, group, titles), note
end

local function entries(blocks)
  local last = blocks[#blocks]
  return last.t == 'Div' and last.identifier == 'refs' and last.content or {}
end

local ACTIONS = {}

function ACTIONS.cite(request)
  local references, pieces, groups, bibliography = {}, {}, {}, {}
  dois = {}
  local blocks, where = arranged(request.citation_groups)
  local titles = {}
  for i, given in ipairs(request.references) do
    if given.DOI then dois['https://doi.org/' .. given.DOI] = doi_address(given.DOI) end
    titles[given.id] = given['title-short'] or given.title
    references[i] = reference(given, request.rich)
  end
  local meta = {csl = request.csl, lang = request.lang, references = references}
  local answer = pandoc.utils.citeproc(pandoc.Pandoc(blocks, meta)).blocks
  local noted = {}
  for i = 1, #request.citation_groups do
    local sentence, note = parts(answer[where[i][1]], where[i][2], request.citation_groups[i], titles)
    noted[i] = note ~= nil
    pieces[2 * i - 1], pieces[2 * i] = sentence, note or {}
  end
  for _, entry in ipairs(entries(answer)) do
    bibliography[#bibliography + 1] = {key = entry.identifier:sub(5)}
    pieces[#pieces + 1] = entry.content
  end
  local texts = html(pieces)
  for i = 1, #noted do groups[i] = {texts[2 * i - 1], noted[i] and texts[2 * i] or pandoc.json.null} end
  for i, entry in ipairs(bibliography) do entry.html = texts[2 * #noted + i] end
  return {citation_groups = pandoc.List(groups), bibliography = pandoc.List(bibliography)}
end

function ACTIONS.convert(request)
  return pandoc.write(pandoc.read(request.text, request.from), request.to or 'csljson')
end

for line in io.lines() do
  local ok, result = pcall(function()
    local request = pandoc.json.decode(line, false)
    return ACTIONS[request['do']](request)
  end)
  local answer = ok and {ok = result} or {error = tostring(result)}
  io.stdout:write(pandoc.json.encode(answer), '\n')
  io.stdout:flush()
end

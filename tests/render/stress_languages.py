"""A short brief on an invented topic in each language whose pages have words of their own, with text that each script draws."""

from __future__ import annotations

from typing import Any

SPOKEN: dict[str, str] = {
    "en": """
Should the night ferry run all year? | Three experts on the winter service between Quillport and Marren
The experts split: Example is for a winter service, Sample against it, and Muster wants a trial first.
Ann Example | Ben Sample | Cara Muster | Professor | University of Quillport
The report “Night on the water”, with the words ‘too early’ in it
The service carried more people than planned. | A full year would cost more than was announced.
Should the ferry run in winter? | No | Only as a trial | Yes
The service should stay. | The night ferry “belongs to the town” in winter too. | It costs too much. | No reports found
The ferry carried 1,234 people in its first winter. | The cost of one winter is disputed. | the harbour office | an auditor
The council decides on the trial. | First trip | Count of the passengers | The report appears
Keep the service | People reach the last train. | It stands empty on weekdays. | Count the passengers first
How it began | The ferry began as a trial and was soon full at weekends. | Passengers by winter | passengers
Only one winter has been counted. | All reports were read in full. | All who had spoken at the hearing were asked.
""",
    "fr": """
Le bac de nuit doit-il circuler toute l’année ? | Trois spécialistes du service d’hiver entre Quillport et Marren
Les avis divergent : Exemple veut le service d’hiver, Modèle le refuse et Essai demande d’abord une expérience.
Anne Exemple | Benoît Modèle | Claire Essai | professeure | Université de Quillport
Le rapport « Une nuit sur l’eau », avec les mots “trop tôt”
Le service a transporté plus de monde que prévu. | Une année entière coûterait plus que le montant annoncé.
Le bac doit-il circuler en hiver ? | Non | À titre d’essai seulement | Oui
Le service devrait rester. | Le bac de nuit “appartient à la ville”, en hiver aussi. | Il coûte trop cher. | Aucun rapport trouvé
Le bac a transporté 1 234 personnes pendant son premier hiver. | Le coût d’un hiver est contesté. | la capitainerie | un auditeur
Le conseil décide de l’essai. | Première traversée | Comptage des passagers | Parution du rapport
Garder le service | On arrive à temps pour le dernier train. | Il est vide en semaine. | Compter d’abord les passagers
Les débuts | Le bac a commencé comme un essai et fut vite plein en fin de semaine. | Passagers par hiver | passagers
Un seul hiver a été compté. | Tous les rapports ont été lus en entier. | Toutes les personnes entendues ont été interrogées.
""",
    "de": """
Soll die Nachtfähre das ganze Jahr fahren? | Drei Fachleute zum Winterbetrieb zwischen Quillport und Marren
Die Fachleute sind geteilter Meinung: Beispiel will den Winterbetrieb, Muster lehnt ihn ab, Probe will zuerst einen Versuch.
Anna Beispiel | Bernd Muster | Clara Probe | Professorin | Universität Quillport
Der Bericht „Nacht auf dem Wasser“ mit den Worten ‚zu früh‘
Die Fähre beförderte mehr Menschen als geplant. | Ein ganzes Jahr würde mehr kosten als angekündigt.
Soll die Fähre im Winter fahren? | Nein | Nur als Versuch | Ja
Der Betrieb soll bleiben. | Die Nachtfähre “gehört zur Stadt”, auch im Winter. | Die Betriebskostenzuschüsse sind zu hoch. | Keine Berichte
Die Fähre beförderte im ersten Winter 1.234 Menschen. | Die Kosten eines Winters sind umstritten. | das Hafenamt | ein Prüfer
Der Rat entscheidet über den Versuch. | Erste Fahrt | Zählung der Fahrgäste | Der Bericht erscheint
Betrieb fortsetzen | Man erreicht den letzten Zug. | Wochentags fährt sie leer. | Zuerst die Fahrgäste zählen
Wie es begann | Die Fähre begann als Versuch und war am Wochenende bald voll. | Fahrgäste je Winter | Fahrgäste
Nur ein Winter wurde gezählt. | Alle Berichte wurden ganz gelesen. | Alle, die angehört wurden, wurden gefragt.
""",
    "es": """
¿Debe circular el transbordador nocturno todo el año? | Tres especialistas sobre el servicio de invierno entre Quillport y Marren
Las opiniones se dividen: Ejemplo quiere el servicio de invierno, Modelo lo rechaza y Prueba pide antes un ensayo.
Ana Ejemplo | Benito Modelo | Clara Prueba | catedrática | Universidad de Quillport
El informe «Una noche en el agua», con las palabras “demasiado pronto”
El servicio llevó a más personas de las previstas. | Un año entero costaría más de lo anunciado.
¿Debe circular en invierno? | No | Solo como ensayo | Sí
El servicio debería seguir. | El transbordador “pertenece a la ciudad” también en invierno. | Cuesta demasiado. | No se hallaron informes
El transbordador llevó a 1234 personas en su primer invierno. | El coste de un invierno es discutido. | la capitanía | un auditor
El consejo decide sobre el ensayo. | Primer viaje | Recuento de pasajeros | Aparece el informe
Mantener el servicio | Se llega al último tren. | Va vacío entre semana. | Contar antes a los pasajeros
Cómo empezó | El transbordador empezó como ensayo y pronto se llenó los fines de semana. | Pasajeros por invierno | pasajeros
Solo se contó un invierno. | Se leyeron todos los informes completos. | Se preguntó a todos los comparecientes.
""",
    "it": """
Il traghetto notturno deve andare tutto l’anno? | Tre esperti sul servizio invernale tra Quillport e Marren
Gli esperti sono divisi: Esempio vuole il servizio invernale, Modello lo rifiuta e Prova chiede prima un esperimento.
Anna Esempio | Bruno Modello | Carla Prova | professoressa | Università di Quillport
Il rapporto «Una notte sull’acqua», con le parole “troppo presto”
Il servizio ha portato più persone del previsto. | Un anno intero costerebbe più di quanto annunciato.
Il traghetto deve andare d’inverno? | No | Solo come prova | Sì
Il servizio dovrebbe restare. | Il traghetto notturno “appartiene alla città” anche d’inverno. | Costa troppo. | Nessun rapporto trovato
Il traghetto ha portato 1234 persone nel primo inverno. | Il costo di un inverno è discusso. | la capitaneria | un revisore
Il consiglio decide sulla prova. | Prima corsa | Conteggio dei passeggeri | Esce il rapporto
Mantenere il servizio | Si arriva all’ultimo treno. | Nei giorni feriali è vuoto. | Contare prima i passeggeri
Come è cominciato | Il traghetto è cominciato come prova e presto era pieno nei fine settimana. | Passeggeri per inverno | passeggeri
È stato contato un solo inverno. | Tutti i rapporti sono stati letti per intero. | Sono stati interpellati tutti gli auditi.
""",
    "pt": """
Deve a balsa noturna andar todo o ano? | Três especialistas sobre o serviço de inverno entre Quillport e Marren
As opiniões dividem-se: Exemplo quer o serviço de inverno, Modelo recusa-o e Prova pede primeiro um ensaio.
Ana Exemplo | Bento Modelo | Clara Prova | professora | Universidade de Quillport
O relatório «Uma noite na água», com as palavras “cedo demais”
O serviço levou mais pessoas do que o previsto. | Um ano inteiro custaria mais do que o anunciado.
Deve a balsa andar no inverno? | Não | Só como ensaio | Sim
O serviço deve ficar. | A balsa noturna “pertence à cidade” também no inverno. | Custa demasiado. | Nenhum relatório encontrado
A balsa levou 1234 pessoas no primeiro inverno. | O custo de um inverno é discutido. | a capitania | um auditor
O conselho decide sobre o ensaio. | Primeira viagem | Contagem dos passageiros | Sai o relatório
Manter o serviço | Chega-se ao último comboio. | Anda vazia nos dias úteis. | Contar primeiro os passageiros
Como começou | A balsa começou como ensaio e depressa encheu aos fins de semana. | Passageiros por inverno | passageiros
Só um inverno foi contado. | Todos os relatórios foram lidos por inteiro. | Foram ouvidos todos os que depuseram.
""",
    "nl": """
Moet de nachtveerboot het hele jaar varen? | Drie deskundigen over de winterdienst tussen Quillport en Marren
De meningen lopen uiteen: Voorbeeld wil de winterdienst, Model wijst hem af en Proef wil eerst een proefjaar.
Anna Voorbeeld | Bram Model | Clara Proef | hoogleraar | Universiteit van Quillport
Het rapport “Nacht op het water”, met de woorden ‘te vroeg’
De dienst vervoerde meer mensen dan gepland. | Een heel jaar zou meer kosten dan aangekondigd.
Moet de veerboot in de winter varen? | Nee | Alleen als proef | Ja
De dienst moet blijven. | De nachtveerboot “hoort bij de stad”, ook in de winter. | Hij kost te veel. | Geen rapporten gevonden
De veerboot vervoerde 1.234 mensen in de eerste winter. | De kosten van een winter zijn omstreden. | het havenkantoor | een controleur
De raad beslist over de proef. | Eerste vaart | Telling van de reizigers | Het rapport verschijnt
De dienst behouden | Men haalt de laatste trein. | Op werkdagen vaart hij leeg. | Eerst de reizigers tellen
Hoe het begon | De veerboot begon als proef en was in het weekend al snel vol. | Reizigers per winter | reizigers
Er is maar één winter geteld. | Alle rapporten zijn helemaal gelezen. | Iedereen die gehoord is, is gevraagd.
""",
    "pl": """
Czy nocny prom powinien pływać cały rok? | Troje ekspertów o zimowych kursach między Quillport a Marren
Zdania są podzielone: Przykład chce kursów zimowych, Wzór je odrzuca, a Próba chce najpierw próby.
Anna Przykład | Bartosz Wzór | Celina Próba | profesorka | Uniwersytet w Quillport
Raport „Noc na wodzie” ze słowami «za wcześnie»
Prom przewiózł więcej osób, niż planowano. | Cały rok kosztowałby więcej, niż ogłoszono.
Czy prom powinien pływać zimą? | Nie | Tylko na próbę | Tak
Kursy powinny zostać. | Nocny prom “należy do miasta” także zimą. | Kosztuje za dużo. | Nie znaleziono raportów
Prom przewiózł pierwszej zimy 1234 osoby. | Koszt jednej zimy jest sporny. | kapitanat portu | kontroler
Rada decyduje o próbie. | Pierwszy kurs | Liczenie pasażerów | Ukazuje się raport
Utrzymać kursy | Można zdążyć na ostatni pociąg. | W dni robocze pływa pusty. | Najpierw policzyć pasażerów
Jak się zaczęło | Prom zaczął pływać na próbę i w weekendy szybko był pełny. | Pasażerowie według zim | pasażerowie
Policzono tylko jedną zimę. | Wszystkie raporty przeczytano w całości. | Zapytano wszystkich wysłuchanych.
""",
    "uk": """
Чи має нічний пором ходити цілий рік? | Троє експертів про зимові рейси між Квілпортом і Мареном
Думки розділилися: Приклад за зимові рейси, Зразок проти, а Проба хоче спершу випробування.
Анна Приклад | Богдан Зразок | Віра Проба | професорка | Університет Квілпорта
Звіт «Ніч на воді» зі словами „надто рано“
Пором перевіз більше людей, ніж планували. | Цілий рік коштував би більше, ніж оголосили.
Чи має пором ходити взимку? | Ні | Лише як проба | Так
Рейси мають залишитися. | Нічний пором “належить місту” й узимку. | Він коштує забагато. | Звітів не знайдено
Пором першої зими перевіз 1234 людини. | Вартість однієї зими є спірною. | управління порту | аудитор
Рада вирішує щодо проби. | Перший рейс | Підрахунок пасажирів | Виходить звіт
Зберегти рейси | Можна встигнути на останній потяг. | У будні він порожній. | Спершу порахувати пасажирів
Як усе почалося | Пором почав ходити на пробу й у вихідні швидко став повним. | Пасажири за зимами | пасажири
Порахували лише одну зиму. | Усі звіти прочитано повністю. | Запитали всіх, кого заслухали.
""",
    "ar": """
هل ينبغي أن تعمل العبّارة الليلية طوال العام؟ | ثلاثة خبراء عن خدمة الشتاء بين كويلبورت ومارين
الخبراء منقسمون: مثال تريد خدمة الشتاء، ونموذج يرفضها، وتجربة تريد اختبارًا أولًا.
آمنة مثال | بدر نموذج | جميلة تجربة | أستاذة | جامعة كويلبورت
التقرير «ليلة على الماء» وفيه عبارة ”مبكر جدًا“
نقلت الخدمة عددًا أكبر مما كان مخططًا. | تكلفة عام كامل أكبر مما أُعلن.
هل ينبغي أن تعمل العبّارة في الشتاء؟ | لا | كتجربة فقط | نعم
ينبغي أن تبقى الخدمة. | العبّارة الليلية ”ملك المدينة“ في الشتاء أيضًا. | تكلفتها مرتفعة جدًا. | لم نجد تقارير
نقلت العبّارة 1234 شخصًا في شتائها الأول. | تكلفة شتاء واحد محل خلاف. | مكتب الميناء | مدقق حسابات
يقرر المجلس بشأن التجربة. | أول رحلة | إحصاء الركاب | صدور التقرير
الإبقاء على الخدمة | يصل الناس إلى القطار الأخير. | تسير فارغة في أيام العمل. | إحصاء الركاب أولًا
كيف بدأت | بدأت العبّارة تجربةً وامتلأت سريعًا في عطلة الأسبوع. | الركاب حسب الشتاء | ركاب
أُحصي شتاء واحد فقط. | قُرئت كل التقارير كاملة. | سُئل كل من حضر جلسة الاستماع.
""",
    "he": """
האם מעבורת הלילה צריכה לפעול כל השנה? | שלושה מומחים על שירות החורף בין קווילפורט למארן
הדעות חלוקות: דוגמה בעד שירות חורף, מופת נגדו, וניסיון רוצה תחילה מבחן.
אנה דוגמה | בן מופת | כרמל ניסיון | פרופסור | אוניברסיטת קווילפורט
הדוח ”לילה על המים” ובו המילים ’מוקדם מדי’
השירות הסיע יותר אנשים מהמתוכנן. | שנה שלמה תעלה יותר ממה שהוכרז.
האם המעבורת צריכה לפעול בחורף? | לא | רק כניסיון | כן
השירות צריך להישאר. | מעבורת הלילה “שייכת לעיר” גם בחורף. | היא עולה יותר מדי. | לא נמצאו דוחות
המעבורת הסיעה 1,234 אנשים בחורף הראשון. | עלות חורף אחד שנויה במחלוקת. | משרד הנמל | מבקר
המועצה מחליטה על הניסיון. | הפלגה ראשונה | ספירת נוסעים | הדוח מתפרסם
להשאיר את השירות | מגיעים לרכבת האחרונה. | בימי חול היא ריקה. | לספור תחילה את הנוסעים
איך זה התחיל | המעבורת התחילה כניסיון ובסופי שבוע התמלאה מהר. | נוסעים לפי חורף | נוסעים
נספר חורף אחד בלבד. | כל הדוחות נקראו במלואם. | נשאלו כל מי שנשמעו בדיון.
""",
    "hi": """
क्या रात की नौका पूरे साल चलनी चाहिए? | क्विलपोर्ट और मारेन के बीच शीतकालीन सेवा पर तीन विशेषज्ञ
विशेषज्ञ एकमत नहीं हैं: उदाहरण शीतकालीन सेवा चाहती हैं, नमूना विरोध में हैं, और परीक्षा पहले परीक्षण चाहती हैं।
अनीता उदाहरण | भरत नमूना | चित्रा परीक्षा | प्रोफ़ेसर | क्विलपोर्ट विश्वविद्यालय
रिपोर्ट “पानी पर एक रात”, जिसमें ‘बहुत जल्दी’ शब्द हैं
सेवा ने योजना से अधिक लोगों को पहुँचाया। | पूरे साल की लागत घोषित राशि से अधिक होगी।
क्या नौका सर्दियों में चलनी चाहिए? | नहीं | केवल परीक्षण के रूप में | हाँ
सेवा बनी रहनी चाहिए। | रात की नौका सर्दियों में भी “शहर की है”। | इसकी लागत बहुत अधिक है। | कोई रिपोर्ट नहीं मिली
नौका ने पहली सर्दी में 1,234 लोगों को पहुँचाया। | एक सर्दी की लागत विवादित है। | बंदरगाह कार्यालय | एक लेखापरीक्षक
परिषद परीक्षण पर निर्णय लेती है। | पहली यात्रा | यात्रियों की गिनती | रिपोर्ट प्रकाशित
सेवा जारी रखें | लोग आख़िरी रेल तक पहुँचते हैं। | काम के दिनों में नौका ख़ाली रहती है। | पहले यात्रियों को गिनें
शुरुआत कैसे हुई | नौका परीक्षण के रूप में शुरू हुई और सप्ताहांत में जल्दी भरने लगी। | सर्दियों के अनुसार यात्री | यात्री
केवल एक सर्दी गिनी गई है। | सभी रिपोर्टें पूरी पढ़ी गईं। | सुनवाई में बोलने वाले सभी लोगों से पूछा गया।
""",
    "zh": """
夜间渡轮应该全年运行吗？ | 三位专家谈奎尔港与马伦之间的冬季航线
专家意见不一：例安支持冬季航线，范本反对，而试卡希望先试行。
例安娜 | 范本明 | 试卡拉 | 教授 | 奎尔港大学
报告“水上之夜”，其中有‘为时过早’一语
乘客人数超出计划。 | 全年运行的费用将高于公布的数额。
渡轮应该在冬季运行吗？ | 不应该 | 只作试行 | 应该
航线应当保留。 | 夜间渡轮在冬季也“属于这座城市”。 | 费用过高。 | 未找到报告
渡轮在第一个冬季运送了1,234人。 | 一个冬季的费用存在争议。 | 港务局 | 一名审计员
议会决定是否试行。 | 首次航行 | 统计乘客人数 | 报告发表
保留航线 | 人们能赶上末班火车。 | 平日无人乘坐。 | 先统计乘客人数
开端 | 渡轮起初是一项试验，周末很快就坐满了。 | 各冬季的乘客人数 | 乘客
只统计了一个冬季。 | 所有报告均已通读。 | 询问了所有在听证会上发言的人。
""",
    "ja": """
夜間フェリーは一年中運航すべきか | クイルポートとマレンを結ぶ冬季便についての三人の専門家
専門家の意見は分かれる。例は冬季便に賛成、見本は反対、試はまず試験運航を求める。
例 杏奈 | 見本 勉 | 試 千佳 | 教授 | クイルポート大学
報告書「水の上の夜」。『早すぎる』という言葉を含む
利用者は計画を上回った。 | 一年分の費用は発表された額を上回る。
フェリーは冬に運航すべきか | すべきでない | 試験としてのみ | すべきだ
便は残すべきだ。 | 夜間フェリーは冬も“町のもの”である。 | 費用がかかりすぎる。 | 報告書は見つからなかった
フェリーは最初の冬に1,234人を運んだ。 | ひと冬の費用には争いがある。 | 港湾事務所 | 監査人
議会が試験運航を決める。 | 最初の便 | 乗客数の調査 | 報告書の公表
便を残す | 終電に間に合う。 | 平日は空である。 | まず乗客を数える
始まり | フェリーは試験として始まり、週末はすぐに満員になった。 | 冬ごとの乗客数 | 人
数えられたのはひと冬だけである。 | すべての報告書を通読した。 | 公聴会で発言した全員に尋ねた。
""",
}
"""By language, what the brief says, in the order of `_TEXT`: a line for each part of it."""
_NAMES = """
title subtitle
answer
ann ben cara role organisation
report
more dearer
ask no trial yes
stay quote costly searched
carried cost office auditor
decides first count appears
keep in_favour against instead
begins began chart units
limits method selection
"""
_TEXT = """
language: {tag}
title: "{title}"
subtitle: "{subtitle}"
answer: "{answer}"
number: 2025-01
date: 2025-02-14
status: published
experts: [ann, ben, cara]
selection: "{selection}"
summary: |
  {more}{space}{dearer_open} [@press, p. 1]{stop}{space}{carried}{space}{mark}{quote_open}{close} [@press, p. 2]{stop}
key_points:
  - "{more_open} [@talk]{stop}"
  - "{dearer_open} [@talk]{stop}"
  - "{costly_open} [@press, p. 3]{stop}"
questions:
  - id: works
    ask: "{ask}"
    scale: ["{no}", "{trial}", "{yes}"]
    positions:
      ann: {{stance: "{yes}", says: "{stay}", quote: "{quote}", cite: "@press, p. 3"}}
      ben: {{stance: "{no}", says: "{costly}{space}{dearer}", cite: "@talk"}}
      cara: {{gap: no-position-found, searched: "{searched}", until: 2025-02-01}}
  - id: more
    ask: "{instead}"
    scale: ["{no}", "{yes}"]
    scale_kind: nominal
    positions:
      ann: {{stance: "{yes}", quote: "{quote}", cite: "@press, p. 4"}}
      ben: {{gap: declined}}
      cara: {{stance: "{yes}", says: "{stay}", cite: "@talk"}}
facts:
  - {{id: carried, claim: "{carried}", cite: "@talk, p. 5", key: true}}
  - id: cost
    claim: "{cost}"
    figures:
      - {{amount: "5600000", unit: EUR, by: "{office}", cite: "@talk"}}
      - {{amount: "81000000", unit: EUR, by: "{auditor}", cite: "@press"}}
charts:
  - id: chart
    kind: bar
    caption: "{chart}"
    units: "{units}"
    columns: [A, B]
    rows: [["{first}", "1234"], ["{appears}", "2345"], ["{keep}", null]]
    numbers: fr
    cite: "@talk"
sections:
  - {{id: begins, heading: "{begins}", text: "{began}{space}{more_open} [@talk]{stop}"}}
timeline:
  - {{date: 2022-11-03, event: "{decides}", cite: "@talk"}}
  - {{date: 2022-12, event: "{first}", cite: "@talk"}}
  - {{date: 2023-04, event: "{count}", cite: "@talk"}}
  - {{date: 2024, event: "{appears}", cite: "@talk"}}
options:
  - {{id: keep, option: "{keep}", for: "{in_favour}", against: "{against}", cite: "@press"}}
  - {{id: count, option: "{instead}", for: "{more}", against: "{dearer}", cite: "@talk"}}
voices: [{{id: voice, who: ann, question: works, says: "{stay}", cite: "@press"}}]
limits: "{limits}"
method: "{method}"
"""


def spoken_brief(tag: str) -> dict[str, Any]:
    """The text of the fact file in a language, and those of its experts, sources and house style."""
    said = [part.strip() for line in SPOKEN[tag].strip().splitlines() for part in line.split("|")]
    words = dict(zip(_NAMES.split(), (part.replace('"', '\\"') for part in said), strict=True))
    stop = next((mark for mark in "。।" if words["more"].endswith(mark)), ".")
    words |= {f"{name}_open": words[name].removesuffix(stop) for name in ("more", "dearer", "costly", "quote")}
    words |= {"stop": stop, "space": "" if stop == "。" else " "}
    words |= {"mark": "«", "close": "»"} if tag == "ar" else {"mark": "“", "close": "”"}
    who = 'affiliations: [{{role: "{role}", organisation: "{organisation}"}}]'
    experts = "\n".join(f'{one}: {{{{name: "{{{one}}}", {who}}}}}' for one in ("ann", "ben", "cara"))
    sources = f"""
references:
  - {{{{id: talk, type: speech, title: "{{report}}", issued: 2024-05-02, language: {tag}}}}}
  - {{{{id: press, type: article-newspaper, title: "{{began}}", issued: 2024-05-03, provenance: report, language: {tag}}}}}
"""
    return {
        "text": _TEXT.format(tag=tag, **words),
        "experts": experts.format(**words),
        "sources": sources.format(**words),
        "house": f'name: "{words["organisation"]}"\n',
    }

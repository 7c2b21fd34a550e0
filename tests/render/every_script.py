"""A brief in English that quotes every script, as text of its files."""

from __future__ import annotations

QUOTES = {
    "el": "Οι κυρώσεις από μόνες τους δεν αρκούν: χρειάζεται πολιτική.",
    "ru": "Одних санкций недостаточно; «нужна» ясная политика.",
    "ar": "العقوبات وحدها لا تكفي، ويجب أن تتبعها سياسة واضحة (منذ 2022).",
    "fa": "تحریم‌ها به تنهایی کافی نیستند و باید روشن شوند.",
    "he": "הסנקציות לבדן אינן מספיקות, ונדרשת מדיניות ברורה (מ־2022).",
    "hi": "केवल प्रतिबंध पर्याप्त नहीं हैं। स्पष्ट नीति की आवश्यकता है।",
    "bn": "কেবল নিষেধাজ্ঞাই যথেষ্ট নয়, স্পষ্ট নীতির প্রয়োজন।",
    "ta": "தடைகள் மட்டும் போதாது, தெளிவான கொள்கை தேவை.",
    "th": "มาตรการคว่ำบาตรเพียงอย่างเดียวไม่เพียงพอ ต้องมีนโยบายที่ชัดเจน",
    "zh": "仅靠制裁是不够的，还需要明确的政策。",
    "ja": "制裁だけでは不十分であり、「明確な」政策が必要です。",
    "ko": "제재만으로는 충분하지 않으며 명확한 정책이 필요하다.",
}
NAMES = {
    "el": "Άννα Παπαδοπούλου",
    "ru": "Иван Примеров",
    "ar": "أحمد مثال",
    "fa": "مریم نمونه",
    "he": "דנה דוגמה",
    "hi": "अनिल उदाहरण",
    "bn": "অনিল উদাহরণ",
    "ta": "குமார் எடுத்துக்காட்டு",
    "th": "สมชาย ตัวอย่าง",
    "zh": "王小明",
    "ja": "山田太郎",
    "ko": "김철수",
}
EXPERTS = "\n".join(f"{tag}: {{name: {name}, language: {tag}}}" for tag, name in NAMES.items())
SOURCES = "references:\n" + "\n".join(
    f"  - {{id: s-{tag}, type: speech, language: {tag}, title: '{quote}', title-short: A speech, issued: 2024-05-02}}"
    for tag, quote in QUOTES.items()
)
TEXT = f"""
title: Do sanctions suffice?
subtitle: Twelve voices from نيويورك (نيويورك) to 東京
number: 2025-01
date: 2025-02-14
status: published
experts: [{", ".join(NAMES)}]
selection: All were asked.
summary: >-
  The name “{NAMES["ar"]}” is Arabic, {NAMES["he"]} is Hebrew, and {NAMES["ja"]} stands beside Україна. He wrote
  {QUOTES["ar"]} and **{QUOTES["he"]}** and *{QUOTES["hi"]}* in one paragraph, and {QUOTES["th"]} too [@s-ar].
questions:
  - id: works
    ask: Do sanctions suffice?
    scale: [Never, Sometimes, Always]
    positions:
""" + "\n".join(f"      {tag}: {{stance: Never, quote: '{quote}', cite: '@s-{tag}'}}" for tag, quote in QUOTES.items())

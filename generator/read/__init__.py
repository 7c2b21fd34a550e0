"""YAML text -> located nodes -> typed model: fact files, experts, sources, house style."""

from generator.read import briefs, fields, sources, validation, yamltext

CODES = (*yamltext.CODES, *validation.CODES, *fields.CODES, *briefs.CODES, *sources.CODES)

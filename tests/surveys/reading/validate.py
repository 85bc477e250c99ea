"""Holds surveys against the JSON Schema, with a validator that is not ours.

Standard input: {"schema": …, "good": {NAME: survey}, "bad": {NAME: survey}}. Prints what is judged wrongly.
"""
import json
import sys

import jsonschema

given = json.load(sys.stdin)
jsonschema.Draft202012Validator.check_schema(given["schema"])
validator = jsonschema.Draft202012Validator(given["schema"])
for name, survey in given["good"].items():
    for error in validator.iter_errors(survey):
        print(f"{name}: refused at {error.json_path}: {error.message}")
for name, survey in given["bad"].items():
    if validator.is_valid(survey):
        print(f"{name}: accepted")

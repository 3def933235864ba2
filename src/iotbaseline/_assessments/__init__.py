"""Products held against a baseline: findings, evidence, questionnaires, and what follows for other frameworks."""

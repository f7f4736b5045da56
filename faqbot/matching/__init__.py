"""Find the section that answers: index, evidence, ranking, confidence, passage."""

"""Lines between two jurisdictions (界线), their markers (界桩) and the people who walk them."""

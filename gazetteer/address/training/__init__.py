"""The statistical half of the parser, fitted on the bureau's own addresses."""

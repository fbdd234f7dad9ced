"""The register of everything that customers said about danger and law."""

"""The demonstration authority: Northmoor, where everyone is invented. Made as partners' files and actions only."""

"""Forms as versioned data: definitions, answers pinned to the version they were given under."""

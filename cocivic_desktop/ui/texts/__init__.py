"""Words for codes: what rules and enumerations say, in the language of the screen."""

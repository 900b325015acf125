"""What each rule, pattern, constant, feature and word is worth: switched off alone, then all together that changed nothing."""

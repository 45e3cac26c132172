{ python = 1; }.pyton

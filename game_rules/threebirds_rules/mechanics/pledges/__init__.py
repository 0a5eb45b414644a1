"""Each side may lay down an article that it will start early; all are shown together, and kept or broken (P19, P24)."""

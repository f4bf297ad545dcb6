"""Parts of the page of partnerships: the board, its cards, the filter and the panes at the side."""

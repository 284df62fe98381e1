"""PDFs by other programs than Typst: WeasyPrint, Chromium, LaTeX."""

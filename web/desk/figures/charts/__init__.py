"""Where the bars and lines of a chart stand: plain numbers, which a template draws as SVG."""

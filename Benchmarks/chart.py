"""Curves over logarithmic axes as SVG."""
import math

COLOURS = ["#0072b2", "#d55e00", "#009e73"]
INK, GRID = "#222222", "#dddddd"
WIDTH, HEIGHT, GAP = 300, 220, 70


def decades(values):
    """The powers of ten around some numbers."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return range(low, max(high, low + 1) + 1)


def power(exponent):
    if -2 <= exponent <= 3:
        return f"{10**exponent:g}"
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def text(x, y, content, anchor="start", size=12, weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" '
            f'text-anchor="{anchor}" fill="{INK}">{content}</text>')


def panel(left, top, title, across, curves):
    """One pair of axes with curves: (name, [(x, y)])."""
    points = [point for _, curve in curves for point in curve]
    columns, lines = decades([x for x, _ in points]), decades([y for _, y in points])

    def place(x, y):
        return (left + (math.log10(x) - columns[0]) / (len(columns) - 1) * WIDTH,
                top + HEIGHT - (math.log10(y) - lines[0]) / (len(lines) - 1) * HEIGHT)

    marks = [text(left, top - 30, title, size=13, weight="bold")]
    for exponent in columns:
        x, _ = place(10**exponent, 10**lines[0])
        marks.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + HEIGHT}" stroke="{GRID}"/>')
        marks.append(text(x, top + HEIGHT + 16, power(exponent), "middle"))
    for exponent in lines:
        _, y = place(10**columns[0], 10**exponent)
        marks.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + WIDTH}" y2="{y:.1f}" stroke="{GRID}"/>')
        marks.append(text(left - 6, y + 4, power(exponent), "end"))
    marks.append(text(left + WIDTH / 2, top + HEIGHT + 34, across, "middle"))
    legend = left
    for (name, curve), colour in zip(curves, COLOURS):
        places = [place(x, y) for x, y in curve]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        marks.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        marks += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        marks.append(f'<circle cx="{legend + 4:.1f}" cy="{top - 14}" r="4" fill="{colour}"/>')
        marks.append(text(legend + 14, top - 10, name))
        legend += 30 + 7 * len(name)
    return marks


def picture(title, across, panels):
    """Panels side by side: (title, curves)."""
    width = GAP + len(panels) * (WIDTH + GAP)
    height = HEIGHT + 130
    marks = [text(16, 28, title, size=17, weight="bold")]
    for index, (name, curves) in enumerate(panels):
        marks += panel(GAP + index * (WIDTH + GAP), 84, name, across, curves)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        'font-family="system-ui, sans-serif" role="img">', f"<title>{title}</title>",
        '<rect width="100%" height="100%" fill="white"/>', *marks, "</svg>"]) + "\n"

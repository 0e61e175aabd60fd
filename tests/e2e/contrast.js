// In the page: for every visible element with words of its own, how its colour stands out from its ground (WCAG 2.2).
() => {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const over = (top, under) => {
    const alpha = top[3] ?? 1;
    return [0, 1, 2].map((i) => top[i] * alpha + under[i] * (1 - alpha));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const own = numbers(getComputedStyle(element).backgroundColor);
    return (own[3] ?? 1) === 1 ? own : over(own, ground(element.parentElement));
  };
  const words = (element) => [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  return [...document.querySelectorAll("body *")].filter((e) => words(e) && e.getClientRects().length && e.tagName !== "TITLE").map((e) => {
    const style = getComputedStyle(e);
    const under = ground(e);
    const colour = over(numbers(e.closest("svg") ? style.fill : style.color), under);
    const [high, low] = [light(colour), light(under)].sort((a, b) => b - a);
    return { element: `${e.tagName}.${e.getAttribute("class") ?? ""}`, ratio: Math.round(((high + 0.05) / (low + 0.05)) * 100) / 100 };
  });
}

"""How the page looks: the colours of the printed charts, one column on a phone, two on a screen."""

from outputs.charts.style import FAINT, GOAL, INK, LINE, MUTED
from outputs.page.options import EMULATED

CSS = f"""
:root {{ --ink: {INK}; --muted: {MUTED}; --faint: {FAINT}; --line: {LINE}; --goal: {GOAL}; --guess: {EMULATED};
  --nicegui-default-padding: 0; --nicegui-default-gap: 0; }}
body {{ color: var(--ink); background: #fff; line-height: 1.5;
  font-family: "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }}
html[lang=en] body {{ font-family: "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans CJK SC", sans-serif; }}
.nicegui-content {{ padding: 0 !important; width: 100%; align-items: stretch; gap: 0; }}
.page {{ max-width: 1440px; margin: 0 auto; padding: 16px 20px 40px; width: 100%; box-sizing: border-box; }}
.top {{ display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: baseline; justify-content: space-between; }}
.page h1 {{ font-size: 1.5rem; line-height: 1.3; font-weight: 600; margin: 0; }}
.page h2 {{ font-size: 1.05rem; line-height: 1.4; font-weight: 600; margin: 0 0 6px; }}
.page h3 {{ font-size: 0.92rem; line-height: 1.3; font-weight: 600; margin: 6px 0 2px; min-height: 2.6em; }}
.about {{ color: var(--muted); font-size: 0.85rem; max-width: 70rem; margin: 4px 0 14px; }}
.first {{ position: sticky; top: 0; z-index: 5; background: #fff; display: flex; flex-wrap: wrap; gap: 2px 28px;
  align-items: center; padding: 8px 0; border-bottom: 2px solid var(--line); width: 100%; }}
.jump {{ display: none; gap: 6px; }}
.jump a {{ display: inline-block; padding: 6px 14px; border: 1px solid var(--line); border-radius: 4px;
  color: var(--line); text-decoration: none; font-size: 0.88rem; }}
.sr {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
html {{ scroll-padding-top: 110px; }}
.two {{ display: grid; grid-template-columns: minmax(320px, 400px) minmax(0, 1fr); gap: 28px; align-items: start;
  padding-top: 12px; width: 100%; }}
.levers {{ position: sticky; top: 100px; max-height: calc(100vh - 104px); overflow-y: auto; padding: 4px 12px 12px 2px;
  border-right: 1px solid var(--faint); scroll-padding-top: 8px; }}
.answer section, .answer > div {{ width: 100%; }}
.part {{ border-top: 1px solid var(--faint); padding: 14px 0 12px; width: 100%; display: block; }}
.big {{ font-size: 1.45rem; line-height: 1.35; font-weight: 600; }}
.guess {{ color: #a04400; }} .sure {{ color: var(--line); font-weight: 600; }} .small {{ font-size: 0.85rem; }}
.note {{ color: var(--muted); font-size: 0.82rem; }}
.warn {{ border-left: 4px solid var(--goal); padding: 6px 12px; background: #fbf1ec; margin: 6px 0 12px;
  overflow-wrap: anywhere; }}
.fans {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 8px 20px; width: 100%; }}
.fans > div {{ display: flex; flex-direction: column; align-items: flex-start; }} .fans h3 {{ flex: 1; }}
.fan {{ height: 230px; width: 100%; }} .chances {{ height: 270px; width: 100%; }}
details.family {{ border-top: 1px solid var(--faint); width: 100%; }}
details.family > summary {{ cursor: pointer; padding: 8px 0; font-weight: 600; }}
.page summary::marker {{ content: none; }} .page summary::-webkit-details-marker {{ display: none; }}
.page summary::before {{ content: ""; display: inline-block; width: 0; height: 0; margin-right: 8px;
  border-left: 7px solid var(--line); border-top: 5px solid transparent; border-bottom: 5px solid transparent; }}
.page details[open] > summary::before {{ transform: rotate(90deg); }}
details.family > summary .n {{ color: #a04400; font-weight: 400; font-size: 0.85rem; margin-left: 8px; }}
.lever {{ padding: 4px 0 12px 10px; width: 100%; box-sizing: border-box; display: block; }}
.lever .name {{ font-size: 0.92rem; line-height: 1.35; display: block; }}
.lever .now {{ font-size: 0.85rem; color: var(--line); display: block; }}
.lever .money {{ font-size: 0.78rem; color: var(--muted); display: block; }}
.lever input[type=range] {{ width: 100%; accent-color: var(--line); height: 24px; margin: 5px 0; display: block; }}
.lever input.before {{ width: 70%; accent-color: var(--guess); }}
.page :focus-visible {{ outline: 3px solid #56b4e9; outline-offset: 2px; }}
.tools {{ display: flex; flex-wrap: wrap; gap: 8px; margin: 10px 0; width: 100%; }}
.page .tools button, .page button.take {{ font: inherit; font-size: 0.88rem; border: 1px solid var(--line);
  color: var(--line) !important; background: #fff; border-radius: 4px; min-height: 36px; }}
.pick {{ position: relative; display: inline-flex; align-items: center; padding: 4px 12px; cursor: pointer;
  font-size: 0.88rem; border: 1px solid var(--line); color: var(--line); border-radius: 4px; min-height: 36px; }}
.pick:hover {{ background: #f2f6fa; }} .pick:focus-within {{ outline: 3px solid #56b4e9; outline-offset: 2px; }}
.page button.take {{ border-color: transparent; font-size: 0.78rem; min-height: 28px; }}
.page select {{ font: inherit; font-size: 0.85rem; border: 1px solid var(--muted); border-radius: 4px; padding: 4px 6px;
  background: #fff; color: var(--ink); min-height: 34px; max-width: 100%; margin: 2px 0; }}
.nicegui-card {{ padding: 16px 20px; gap: 12px; }}
.more > summary {{ cursor: pointer; padding: 8px 0; color: var(--line); }}
.wide {{ overflow-x: auto; width: 100%; }}
.page table {{ border-collapse: collapse; width: 100%; font-size: 0.85rem; font-variant-numeric: tabular-nums; }}
.page td {{ white-space: nowrap; }} .page tbody th {{ min-width: 7em; }}
.page figure {{ margin: 0; width: 100%; }}
.page figcaption {{ color: var(--muted); font-size: 0.82rem; padding: 4px 0; }}
.page th, .page td {{ padding: 4px 10px 4px 0; text-align: right; border-bottom: 1px solid var(--faint);
  font-weight: 400; vertical-align: top; }}
.page thead th {{ color: var(--muted); min-width: 5em; }} .page th:first-child {{ text-align: left; }}
.page tr.faint th, .page tr.faint td {{ color: #8a8a8a; }}
.answer {{ container-type: inline-size; }}
@container (max-width: 660px) {{
  .page td {{ white-space: normal; }} .page table {{ font-size: 0.75rem; }}
  .page th, .page td {{ padding-right: 5px; }} .page thead th {{ min-width: 0; }} .page tbody th {{ min-width: 5em; }}
}}
.skip {{ position: absolute; left: -999px; }} .skip:focus {{ left: 8px; top: 8px; background: #fff; z-index: 9; }}
@media (max-width: 860px) {{
  .page {{ padding: 10px 12px 30px; }} .two {{ display: block; }} .jump {{ display: flex; }}
  .about {{ font-size: 0.78rem; margin: 2px 0 6px; }}
  .first {{ gap: 2px 12px; padding: 4px 0 6px; }} .first .small {{ display: none; }}
  .big {{ font-size: 1.08rem; }} .guess, .sure {{ font-size: 0.85rem; }} .first .note {{ display: none; }}
  html {{ scroll-padding-top: 170px; }}
  .levers {{ position: static; max-height: none; border: 0; padding: 0; width: 100%; overflow: visible; }}
  .answer {{ padding-top: 12px; }}
  .lever input[type=range] {{ height: 36px; }} .page select {{ min-height: 44px; }}
}}
"""

__all__ = ["CSS"]

"""A few words in, Grafana panels out: the vocabulary in which the dashboards beside this file are written."""

from collections.abc import Iterable
from typing import Any

from grafana_foundation_sdk.builders import bargauge, common, dashboard, heatmap, prometheus, stat, table, timeseries
from grafana_foundation_sdk.models import common as look
from grafana_foundation_sdk.models import dashboard as model
from grafana_foundation_sdk.models import heatmap as heat
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

SOURCE = model.DataSourceRef(type_val="prometheus", uid="$datasource")
SCOPE = 'job=~"$job", instance=~"$instance"'
HALF, QUARTER = 12, 6  # of 24 columns
HEIGHT = 8


def of(name: str, **labels: str) -> str:
    """A selector of one of our metrics, within the chosen job and instances."""
    more = "".join(f', {label}="{value}"' for label, value in labels.items())
    return f"newsmon_{name}{{{SCOPE}{more}}}"


def rate(name: str, **labels: str) -> str:
    """Events a second."""
    return f"rate({of(name, **labels)}[$__rate_interval])"


def increase(name: str, *, over: str = "$__rate_interval", **labels: str) -> str:
    """Events in a step of the graph, or in the whole time shown."""
    return f"increase({of(name, **labels)}[{over}])"


def quantile(q: float, name: str, by: str = "", **labels: str) -> str:
    """A quantile of a histogram, in the metric's unit."""
    grouped = f"le, {by}" if by else "le"
    return f"histogram_quantile({q}, sum by ({grouped}) ({rate(f'{name}_bucket', **labels)}))"


def mean(name: str) -> str:
    """The average of what a histogram observed."""
    return f"sum({rate(f'{name}_sum')}) / sum({rate(f'{name}_count')})"


def graph(title: str, why: str, unit: str, *queries: tuple[str, str], stacked: bool = False) -> Any:
    """Lines over time; stacked: bars. Each query is (expression, legend)."""
    panel = _described(timeseries.Panel(), title, why, unit).targets(_targets(queries)).min(0)
    legend = common.VizLegendOptions().display_mode(look.LegendDisplayMode.LIST)
    panel.legend(legend.placement(look.LegendPlacement.BOTTOM).show_legend(True))
    panel.tooltip(common.VizTooltipOptions().mode(look.TooltipDisplayMode.MULTI).sort(look.SortOrder.DESCENDING))
    if stacked:
        panel.draw_style(look.GraphDrawStyle.BARS).fill_opacity(80)
        panel.stacking(common.StackingConfig().mode(look.StackingMode.NORMAL))
    return panel


def number(title: str, why: str, unit: str, query: str) -> Any:
    """One number now."""
    panel = _described(stat.Panel(), title, why, unit).span(QUARTER).height(4)
    panel.reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
    if unit == "short":
        panel.decimals(0)  # increases are extrapolated: 45.3 alerts
    panel.graph_mode(look.BigValueGraphMode.NONE).color_mode(look.BigValueColorMode.NONE)
    return panel.targets([_query(query, "").instant()])


def bars(title: str, why: str, unit: str, query: tuple[str, str], names: dict[str, str]) -> Any:
    """One bar a series; `names` gives series names that people read."""
    panel = _described(bargauge.Panel(), title, why, unit).targets([_query(*query).instant()])
    panel.orientation(look.VizOrientation.HORIZONTAL).min(0)
    panel.reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
    for name, shown in names.items():
        panel.override_by_name(name, [model.DynamicConfigValue(id_val="displayName", value=shown)])
    return panel


def heat_map(title: str, why: str, unit: str, name: str) -> Any:
    """How the observations of a histogram spread, over time."""
    panel = _described(heatmap.Panel(), title, why, "short").calculate(False)
    panel.y_axis(heatmap.YAxisConfig().unit(unit))
    panel.color(heatmap.HeatmapColorOptions().mode(heat.HeatmapColorMode.SCHEME).scheme("Blues").steps(32))
    query = _query(f"sum by (le) ({increase(f'{name}_bucket')})", "{{le}}").format(PromQueryFormat.HEATMAP)
    return panel.targets([query])


def rows(title: str, why: str, unit: str, query: str, steps: Iterable[tuple[str, Any]]) -> Any:
    """A table of label sets, arranged by Grafana's transformations (id, options)."""
    panel = _described(table.Panel(), title, why, unit)
    panel.targets([_query(query, "").instant().format(PromQueryFormat.TABLE)])
    for step, options in steps:
        panel.with_transformation(model.DataTransformerConfig(id_val=step, options=options))
    return panel


def board(uid: str, title: str, why: str, sections: dict[str, list[Any]]) -> Any:
    """A dashboard: its sections in order, with the variables every one has."""
    made = dashboard.Dashboard(f"newsmon · {title}").uid(uid).description(why).tags(["newsmon"])
    made.readonly().time("now-1h", "now").refresh("30s").timezone("browser")
    made.tooltip(model.DashboardCursorSync.CROSSHAIR).variables(_variables())
    made.link(_others())
    for name, panels in sections.items():
        made.with_row(dashboard.Row(name))
        for panel in panels:
            made.with_panel(panel)
    return made.build()


def _described(panel: Any, title: str, why: str, unit: str) -> Any:
    return panel.title(title).description(why).unit(unit).datasource(SOURCE).span(HALF).height(HEIGHT)


def _targets(queries: Iterable[tuple[str, str]]) -> list[Any]:
    return [_query(expression, legend).ref_id(chr(65 + at)) for at, (expression, legend) in enumerate(queries)]


def _query(expression: str, legend: str) -> Any:
    return prometheus.Dataquery().expr(expression).legend_format(legend).datasource(SOURCE).ref_id("A")


def _variables() -> list[Any]:
    source = dashboard.DatasourceVariable("datasource").label("Data source").type("prometheus")
    return [source, _choice("job", "newsmon_messages_received_total"),
            _choice("instance", 'newsmon_messages_received_total{job=~"$job"}')]  # fmt: skip


def _choice(name: str, metric: str) -> Any:
    made = dashboard.QueryVariable(name).label(name).query(f"label_values({metric}, {name})").datasource(SOURCE)
    made.refresh(model.VariableRefresh.ON_TIME_RANGE_CHANGED).multi(True).include_all(True).all_value(".+")
    return made.current(model.VariableOption(text="All", value="$__all"))


def _others() -> Any:
    link = dashboard.DashboardLink("newsmon").type(model.DashboardLinkType.DASHBOARDS).tags(["newsmon"])
    return link.keep_time(True).include_vars(True).as_dropdown(False)

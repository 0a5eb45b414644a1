import type { GaugeView, OptionView } from "../generated/protocol";
import { signed } from "../pieces/points";

/** What a wording does to the treaty's public measures: “Russia's sovereignty −2”, in the rule set's order. */
export function effectsOf(option: OptionView, gauges: readonly GaugeView[]): string[] {
  return gauges.flatMap((gauge) => {
    const by = option.effects[gauge.id] ?? 0;
    return by === 0 ? [] : [`${gauge.name} ${signed(by)}`];
  });
}

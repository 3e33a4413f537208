-- What a learning's records and experiments come to: formulas that lists are sorted by before they are cut.

-- This is the one place at which these facts become figures, in double precision. Each function gives its formula.

-- The figure (-1 to 1) to six decimals, as Python's round(figure, 6): the nearest one to the double as it is, and of two
-- that are equally near the even one; never a negative zero.
create function rounded_figure(figure double precision) returns double precision
language plpgsql immutable strict parallel safe
as $$
declare
    scaled constant double precision := figure * 1e6;
    below constant double precision := floor(scaled);
    whole double precision;
    beyond_half numeric;
begin
    if abs(scaled - below - 0.5) > 1e-6 then
        return round(scaled) / 1e6 + 0.0;
    end if;
    -- Next to the middle, where the product's own rounding would decide. As whole numbers of 2^-80, all is exact.
    whole := trunc(figure * 1099511627776.0::double precision);
    beyond_half := 1000000 * (
        whole::bigint::numeric * 1099511627776
        + trunc((figure * 1099511627776.0::double precision - whole) * 1099511627776.0::double precision)::bigint
    ) - (below::bigint + 0.5) * 1208925819614629174706176;
    if beyond_half > 0 or (beyond_half = 0 and below::bigint % 2 <> 0) then
        return (below + 1) / 1e6 + 0.0;
    end if;
    return below / 1e6 + 0.0;
end
$$;

-- The decimal number that the sender wrote: the shortest of those that are read as this double. A cast would keep 15 digits
-- of it. Where doubles are written with fewer digits (extra_float_digits below 1), it would be another: who sums sets it.
create function as_sent(figure double precision) returns numeric
language sql immutable strict parallel safe
return figure::text::numeric;

-- temporal value: the mean contribution over activated records, not rounded; 0 when there are none.
-- Sums are exact decimals of what was sent, so that they do not depend on the order of the records. What is below 1e-300
-- is taken for 0: PostgreSQL refuses to multiply it.
create function temporal_value(sessions bigint, contribution_sum numeric) returns double precision
language sql immutable parallel safe
return case
    when sessions = 0 or abs(contribution_sum) < 1e-300 then 0
    else contribution_sum::double precision / sessions
end;

-- temporal confidence: 0 for n = 0, else 1 - 1/(1 + ln n), n = activated records; not rounded.
create function temporal_confidence(sessions bigint) returns double precision
language sql immutable parallel safe
return case when sessions = 0 then 0 else 1 - 1 / (1 + ln(sessions::double precision)) end;

-- estimated value and confidence, rounded. Without a trusted ablation (value and confidence null) the temporal pair.
-- With one: wT = 0.6 cT, wA = 0.4 cA; value = (vT wT + vA wA)/(wT + wA); confidence = (cT wT + cA wA)/(wT + wA).
-- Written as expressions, which are bound to what they call when they are made: a restored backup computes them too,
-- without a search path.
create function estimated_value(
    sessions bigint, contribution_sum numeric, ablation_value double precision, ablation_confidence double precision
) returns double precision
language sql immutable parallel safe
return case
    when ablation_confidence is null then rounded_figure(temporal_value(sessions, contribution_sum))
    else rounded_figure(
        (
            temporal_value(sessions, contribution_sum) * (0.6::double precision * temporal_confidence(sessions))
            + case when abs(ablation_value) < 1e-300 then 0 else ablation_value end
                * (0.4::double precision * ablation_confidence)
        ) / (
            0.6::double precision * temporal_confidence(sessions) + 0.4::double precision * ablation_confidence
        )
    )
end;

create function estimated_confidence(sessions bigint, ablation_confidence double precision) returns double precision
language sql immutable parallel safe
return case
    when ablation_confidence is null then rounded_figure(temporal_confidence(sessions))
    else rounded_figure(
        (
            temporal_confidence(sessions) * (0.6::double precision * temporal_confidence(sessions))
            + ablation_confidence * (0.4::double precision * ablation_confidence)
        ) / (
            0.6::double precision * temporal_confidence(sessions) + 0.4::double precision * ablation_confidence
        )
    )
end;

-- An experiment counts when it is completed with a confidence above this.
create function is_trusted(state text, confidence double precision) returns boolean
language sql immutable parallel safe
return state = 'completed' and confidence > 0.5;

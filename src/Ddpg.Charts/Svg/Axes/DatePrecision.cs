namespace Ddpg.Charts;

/// <summary>The finest part of a date that a tick's label names, from coarse to fine.</summary>
internal enum DatePrecision
{
    Year,
    Month,
    Day,
    Minute,
    Second,
    Fraction,
}

namespace Ddpg.Viewing;

/// <summary>A picture that a reader can play where scripts run.</summary>
internal interface IPlayer : IPicture
{
    /// <summary>The player as an HTML fragment, with the still picture for where no script runs.</summary>
    string ToHtml();
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Cax.Core.Tests;

/// <summary>Runs <c>tests/run.sh</c> over an empty checkout, with a <c>dotnet</c> that only says what the real one would say.</summary>
public sealed class TestScriptTests : IDisposable
{
    private const string Missing = "App.csproj : error NU1101: Unable to find package Some.Package. No packages exist with this id in source(s): feed";
    private readonly string _folder = Directory.CreateTempSubdirectory("cax-run-").FullName;

    public TestScriptTests()
    {
        Write("tests/run.sh", Repository.Read("tests/run.sh"));
        Write("tests/A.Tests/A.Tests.csproj", "");
        Write("tests/B.Tests/B.Tests.csproj", "");
        Write("tests/CaxFunctions.Tests/CaxFunctions.Tests.csproj", "");
        Write("tests/CaxFunctions.Tests/SomeTests.cs", "    [Fact]\n    [Theory]\n    [InlineData(1)]\n    [SkippableFact(1)]\n    // [Fact]\n");
        Write("answers/restore", "echo restored");
        Write("answers/build", "echo built");
        Write("answers/test", Closing(passed: 5, failed: 0, skipped: 1));
    }

    [SkippableBash]
    public async Task With_the_packages_of_the_feed_everything_is_built_and_counted()
    {
        var (lines, exit) = await RunAsync();

        Assert.Equal(["Built the whole solution with the packages of the feed.", "15 passed, 0 failed, 3 skipped"], lines[^2..]);
        Assert.Equal(0, exit);
        Assert.Equal(
            [
                "restore CaxFunctions.sln",
                "build CaxFunctions.sln -v minimal",
                "test tests/A.Tests/A.Tests.csproj --no-build",
                "test tests/B.Tests/B.Tests.csproj --no-build",
                "test tests/CaxFunctions.Tests/CaxFunctions.Tests.csproj --no-build",
            ],
            Calls());
    }

    [SkippableBash]
    public async Task Without_packages_the_app_is_left_out_and_its_tests_count_as_skipped()
    {
        Write("answers/restore", $"echo '{Missing}'; exit 1");

        var (lines, exit) = await RunAsync();

        Assert.Contains("The Function app is left out, because the feed lacks these packages: Some.Package", lines);
        Assert.Equal("Built tests/Core.slnf: everything but the Function app, whose 3 tests count as skipped. Not there: Some.Package", lines[^2]);
        Assert.Equal("10 passed, 0 failed, 5 skipped", lines[^1]);
        Assert.Equal(0, exit);
        Assert.Equal(
            [
                "restore CaxFunctions.sln",
                "build tests/Core.slnf -v minimal",
                "test tests/A.Tests/A.Tests.csproj --no-build",
                "test tests/B.Tests/B.Tests.csproj --no-build",
            ],
            Calls());
    }

    [SkippableBash]
    public async Task A_folder_of_packages_is_used_with_a_cache_and_an_output_of_its_own()
    {
        Write("answers/restore", $"echo '{Missing}'; exit 1");
        Write("packages/nuget.config", "<configuration />");
        Write("packages/Some.Package.1.0.0.nupkg", "content");

        var (lines, exit) = await RunAsync(("CAX_PACKAGE_FOLDER", Path.Combine(_folder, "packages")));

        Assert.Equal(
            ["Built the whole solution with the packages of the folder that CAX_PACKAGE_FOLDER names.", "15 passed, 0 failed, 3 skipped"],
            lines[^2..]);
        Assert.Equal(0, exit);
        var calls = Calls();
        Assert.Equal("restore CaxFunctions.sln", calls[0]);
        Assert.Equal(5, calls.Count);
        Assert.All(calls.Skip(1), call =>
        {
            Assert.Contains($"--artifacts-path {_folder}/cache/cax-connector/artifacts-", call, StringComparison.Ordinal);
            Assert.Contains($"-p:RestoreConfigFile={_folder}/packages/nuget.config", call, StringComparison.Ordinal);
            Assert.Contains($"cache: {_folder}/cache/cax-connector/packages-", call, StringComparison.Ordinal);
        });
    }

    [SkippableBash]
    public async Task Stand_ins_in_the_ordinary_cache_do_not_pass_for_the_real_packages()
    {
        Write("ordinary/azure.some/1.0.0/lib/net10.0/Azure.Some.dll", "\u0007StandIn\u0004true");

        var (lines, _) = await RunAsync(("NUGET_PACKAGES", Path.Combine(_folder, "ordinary")));

        Assert.Contains("Not there: azure.some", lines[^2], StringComparison.Ordinal);
        Assert.Contains("build tests/Core.slnf", Calls()[1], StringComparison.Ordinal);
    }

    [SkippableBash]
    public async Task A_restore_that_fails_for_another_reason_fails_the_run()
    {
        Write("answers/restore", $"echo '{Missing}'; echo 'App.csproj : error NU1605: Detected package downgrade'; exit 1");

        var (lines, exit) = await RunAsync(("CAX_PACKAGE_FOLDER", _folder));

        Assert.Contains(lines, line => line.Contains("NU1605", StringComparison.Ordinal));
        Assert.Equal("0 passed, 1 failed, 0 skipped", lines[^1]);
        Assert.Equal(1, exit);
        Assert.Single(Calls());
    }

    [SkippableBash]
    public async Task A_folder_without_configuration_fails_the_run()
    {
        Write("answers/restore", $"echo '{Missing}'; exit 1");

        var (lines, exit) = await RunAsync(("CAX_PACKAGE_FOLDER", Path.Combine(_folder, "nowhere")));

        Assert.Contains("CAX_PACKAGE_FOLDER must name a folder that holds a nuget.config", lines[^2], StringComparison.Ordinal);
        Assert.Equal(1, exit);
    }

    [SkippableBash]
    public async Task A_build_that_fails_fails_the_run()
    {
        Write("answers/build", "exit 1");

        var (lines, exit) = await RunAsync();

        Assert.Equal("0 passed, 1 failed, 0 skipped", lines[^1]);
        Assert.Equal(1, exit);
        Assert.DoesNotContain(Calls(), call => call.StartsWith("test", StringComparison.Ordinal));
    }

    [SkippableBash]
    public async Task Failed_tests_fail_the_run()
    {
        Write("answers/test", Closing(passed: 1005, failed: 2, skipped: 0) + "\nexit 1");

        var (lines, exit) = await RunAsync();

        Assert.Equal("3015 passed, 6 failed, 0 skipped", lines[^1]);
        Assert.Equal(1, exit);
    }

    [SkippableBash]
    public async Task A_project_that_comes_to_no_end_counts_as_failed()
    {
        Write("answers/test", $"case $* in *B.Tests*) echo crashed; exit 1;; esac\n{Closing(passed: 5, failed: 0, skipped: 0)}");

        var (lines, exit) = await RunAsync();

        Assert.Contains("Only 2 of 3 test projects came to an end.", lines);
        Assert.Equal("10 passed, 1 failed, 0 skipped", lines[^1]);
        Assert.Equal(1, exit);
    }

    [SkippableBash]
    public async Task A_project_that_fails_without_a_failed_test_counts_as_failed()
    {
        Write("answers/test", $"{Closing(passed: 5, failed: 0, skipped: 0)}\ncase $* in *B.Tests*) exit 1;; esac");

        var (lines, exit) = await RunAsync();

        Assert.Equal("15 passed, 1 failed, 0 skipped", lines[^1]);
        Assert.Equal(1, exit);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Closing(int passed, int failed, int skipped) => FormattableString.Invariant(
        $"echo 'Passed!  - Failed: {failed,5}, Passed: {passed,5:N0}, Skipped: {skipped,5}, Total: {passed + failed + skipped,5}, Duration: 5 s - X.dll (net10.0)'");

    /// <summary>What <c>dotnet</c> was called with and, where one was set, the package cache it was to use.</summary>
    private List<string> Calls() => [.. File.ReadAllLines(Path.Combine(_folder, "calls")).Select(call => call.Replace(" cache: none", "", StringComparison.Ordinal))];

    private async Task<(List<string> Lines, int Exit)> RunAsync(params (string Name, string Value)[] environment)
    {
        Write("dotnet.sh", "dotnet() (\n  echo \"$* cache: ${NUGET_PACKAGES:-none}\" >>calls\n  . ./answers/$1\n)\n");
        var start = new ProcessStartInfo("bash", ["tests/run.sh"]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        start.Environment["BASH_ENV"] = $"{_folder}/dotnet.sh";
        start.Environment["HOME"] = _folder;
        start.Environment["XDG_CACHE_HOME"] = $"{_folder}/cache";
        start.Environment.Remove("CAX_PACKAGE_FOLDER");
        start.Environment.Remove("NUGET_PACKAGES");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return ([.. output.TrimEnd().Split('\n')], process.ExitCode);
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>Skipped where there is no bash to run the script.</summary>
    private sealed class SkippableBashAttribute : FactAttribute
    {
        public SkippableBashAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
            : base(file, line)
        {
            if (OperatingSystem.IsWindows())
            {
                Skip = "the script runs in bash";
            }
        }
    }
}

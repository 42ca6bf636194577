@echo off
rem Runs the command line with the editor's own Node where there is one (RATATOUILLE_NODE), else with the machine's.
setlocal
set ELECTRON_RUN_AS_NODE=1
if not defined RATATOUILLE_NODE set RATATOUILLE_NODE=node
"%RATATOUILLE_NODE%" "%~dp0..\dist\cli.cjs" %*

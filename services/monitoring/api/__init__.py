"""The monitoring service over HTTP: each route makes one command or one query."""

from services.monitoring.api import meters, projects, series, stations

ROUTERS = (projects.router, series.router, meters.router, stations.router)
